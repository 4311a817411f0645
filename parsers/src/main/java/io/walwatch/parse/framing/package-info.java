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
 *   <li>syslog: a client cannot choose the tag. Where the server broke a line that has no blank,
 *       and where journald broke one that is very long, what follows is not read as a line.
 *   <li>A user or database name may hold line ends and stands in the prefix as it is: nothing is
 *       believed within 256 bytes behind a line that ends inside of such a name.
 * </ul>
 *
 * <p>What remains possible, and what closes it:
 *
 * <ul>
 *   <li>With {@code log_error_verbosity=terse}, what a function raises has no CONTEXT, and what the
 *       server says no DETAIL. A WARNING has no STATEMENT, nor has a LOG that autovacuum or the
 *       protocol's own function call (PQfn) raises. So whatever has no DETAIL anyway can be forged:
 *       a "failed too many times", a "not configured", an orphan, a wait, a turn of the server's
 *       life. A failed attempt of a command cannot: without its DETAIL it is believed from the
 *       archiver only. That of a module can, and one whose file exists in the archive: they have
 *       none.
 *   <li>With messages in another language, and a function that is named like a WAL file and that
 *       the protocol's own call or autovacuum runs, a failed attempt can be forged: the CONTEXT
 *       looks like the DETAIL, and there is no STATEMENT.
 *   <li>Through syslog, any local account can write what it likes (logger(1)). A server's stderr
 *       that is piped through logger(1) is broken at 1 KiB without a mark, and journald before 236
 *       broke lines without one: there a client can begin a line.
 *   <li>With {@code %q} in the prefix, a login that fails under a name which is a severity, a
 *       message of at most 56 bytes and a line end, and for a database with a line end in its name,
 *       looks like that message and some program's output: a turn of the server's life, or, in the
 *       words of 9.6 to 14, "not configured". With one line end only it does not.
 *   <li>Through libpq within a server process (dblink; postgres_fdw before 19), which prints what
 *       another server says to stderr as it is: lines that look like the server's, and raw ones
 *       behind them. Raw ones directly behind a line that begins like a notice are not believed; a
 *       server that a client has made for it need not begin so.
 *   <li>By failing logins with torn names, a client can hide what is written within the next 256
 *       bytes each time; it shows as forged.
 * </ul>
 *
 * <p>Both of the first are closed by {@code %b} in the prefix, by csvlog from 13 on, by jsonlog,
 * and, for what archivers say, by an {@link io.walwatch.parse.ArchiverWitness} that sees the
 * archiver. {@code %u} closes them for sessions, and leaves functions that autovacuum runs.
 *
 * <p>Where the prefix is not given, it is none or one that was seen in the lines. What looks like a
 * client's name then is one, whoever the name is of, and a second severity in a line shows that the
 * first was a name.
 */
@NullMarked
package io.walwatch.parse.framing;

import org.jspecify.annotations.NullMarked;
