package dev.serverbackup.cli.report;

import java.util.Locale;

/** The outcome of a server in a run, or of a slot of a schedule, as the calendar shows it; the worst first. */
public enum Outcome {
    MISSING("!", "no entry", "a target of a run that has no entry in the audit"),
    FAILED("F", "failed", "there is no backup of this run"),
    UNKNOWN("U", "failed, effect unknown", "whether there is a backup of this run is not known"),
    OPEN("O", "open", "not final when this report was made"),
    SUCCEEDED("S", "succeeded", "the backup exists, as far as the audit knows"),
    DELETED("D", "succeeded, deleted since", "retention has deleted the backup since"),
    EXCLUDED("X", "excluded", "a tag excluded the server from the run"),
    /** From here on: of slots. */
    MISSED("M", "missed", "the schedule's event was not received, and nothing was backed up for it"),
    CAUGHT_UP("C", "caught up", "the schedule's event was not received, and the follow-up started the run"),
    RAN("R", "ran", "the schedule's event was received");

    private final String letter;
    private final String words;
    private final String meaning;

    Outcome(String letter, String words, String meaning) {
        this.letter = letter;
        this.words = words;
        this.meaning = meaning;
    }

    /** The letter in a cell of the calendar, for readers who can't see its colour. */
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
