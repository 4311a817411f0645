/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

/** Device and inode: who a file is as long as somebody holds it. */
record FileKey(long device, long inode) {}
