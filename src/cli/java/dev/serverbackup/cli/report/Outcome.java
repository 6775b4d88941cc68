package dev.serverbackup.cli.report;

import java.util.Locale;

/** What came of a server in a run, or of a slot of a schedule, as the calendar shows it; the worst first. */
public enum Outcome {
    MISSING("!", "no entry", "a target of a run, and the audit has no entry of it"),
    FAILED("F", "failed", "there is no backup of this run"),
    UNKNOWN("U", "failed, effect unknown", "whether there is a backup of this run is not known"),
    OPEN("O", "open", "not final when this report was made"),
    SUCCEEDED("S", "succeeded", "the backup is there, as far as the audit knows"),
    DELETED("D", "succeeded, deleted since", "retention has deleted the backup since"),
    EXCLUDED("X", "excluded", "a tag kept the server out of the run"),
    /** From here on: of slots. */
    MISSED("M", "missed", "the schedule's event did not come, and nothing was backed up for it"),
    CAUGHT_UP("C", "caught up", "the schedule's event did not come, and the follow-up began the run"),
    RAN("R", "ran", "the schedule's event came");

    private final String letter;
    private final String words;
    private final String meaning;

    Outcome(String letter, String words, String meaning) {
        this.letter = letter;
        this.words = words;
        this.meaning = meaning;
    }

    /** What stands in a cell of the calendar, for those who do not see its colour. */
    public String letter() {
        return letter;
    }

    public String words() {
        return words;
    }

    public String meaning() {
        return meaning;
    }

    /** The name of its style. */
    public String style() {
        return name().toLowerCase(Locale.ROOT);
    }
}
