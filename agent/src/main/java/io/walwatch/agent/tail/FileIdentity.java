/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

/**
 * Who a file is, whatever its name: device and inode, and a checksum of its first bytes, since
 * inode numbers are used again.
 *
 * @param device device number
 * @param inode inode number
 * @param headLengthBytes how many bytes the checksum covers; 0 for a file that was empty
 * @param headCrc CRC-32C of these bytes
 */
public record FileIdentity(long device, long inode, int headLengthBytes, int headCrc) {}
