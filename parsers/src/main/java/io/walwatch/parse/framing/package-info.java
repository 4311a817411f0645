/* SPDX-License-Identifier: Apache-2.0 */
/**
 * From lines to records, and who wrote them.
 *
 * <p>A client of the server can write any text into its log. What keeps it from being believed:
 *
 * <ul>
 *   <li>stderr format: a line end inside of a message is followed by a TAB, so no text begins a
 *       line of its own; what a function raises has a CONTEXT, what a query raises a STATEMENT;
 *       with {@code %u}, {@code %d}, {@code %a}, {@code %r} or {@code %h} in the prefix a session
 *       shows.
 *   <li>csvlog: text stays inside of its quotes. jsonlog: inside of its string. Both name the user,
 *       and the backend type from 13 on.
 *   <li>syslog: a client cannot choose the tag.
 *   <li>A user or database name may hold line ends and stands in the prefix as it is: nothing is
 *       believed within 256 bytes behind a line that ends inside of such a name.
 * </ul>
 *
 * <p>What remains possible, and what closes it:
 *
 * <ul>
 *   <li>With {@code log_error_verbosity=terse} and a prefix that shows no session, a WARNING that a
 *       function raises looks like the server's: a forged "failed too many times" or "not
 *       configured". A failed attempt cannot be forged so, since LOG has its STATEMENT.
 *   <li>With messages in another language, a prefix that shows no session, and a function in
 *       PL/Perl or PL/Python that is named like a WAL file, a failed attempt can be forged.
 *   <li>In csvlog or {@code %b}-less stderr of 9.6 to 12, another background process that runs a
 *       client's code without a CONTEXT (in C only) cannot be told from the archiver.
 *   <li>Through syslog, any local account can write what it likes (logger(1)).
 *   <li>By failing logins with torn names, a client can hide what is written within the next 256
 *       bytes each time; it shows as forged.
 * </ul>
 *
 * <p>Each of the first two is closed by {@code %u} or {@code %b} in the prefix, or by csvlog or
 * jsonlog.
 */
@NullMarked
package io.walwatch.parse.framing;

import org.jspecify.annotations.NullMarked;
