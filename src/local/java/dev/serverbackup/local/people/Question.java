package dev.serverbackup.local.people;

import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;

/** What can be asked of an audit table: each has a key that answers it, so none needs a Scan. */
sealed interface Question {
    /** A server's entries, newest first. */
    record OfServer(ServerName server, Period period) implements Question {}

    /** A run's row and its entries. */
    record OfRun(RunId run) implements Question {}

    /** The entries that failed, day by day. */
    record Failed(Period period) implements Question {}

    /** The runs, day by day. */
    record Runs(Period period) implements Question {}

    /** What is still to be done, oldest first. */
    record Open() implements Question {}

    /** Whether the index that answers it holds a part of each row only. */
    default boolean isAnsweredInPart() {
        return switch (this) {
            case Failed _, Runs _ -> true;
            case OfServer _, OfRun _, Open _ -> false;
        };
    }

    /** What was looked for, in words that follow "there is no". */
    default String sought() {
        return switch (this) {
            case OfServer(ServerName server, Period period) -> "entry of server " + server + " requested " + period;
            case OfRun(RunId run) -> "run " + run;
            case Failed(Period period) -> "failed entry requested " + period;
            case Runs(Period period) -> "run requested " + period;
            case Open() -> "open row: nothing is left to be done";
        };
    }
}
