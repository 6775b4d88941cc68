package dev.serverbackup.cli;

import java.util.List;

/**
 * What a question brought.
 *
 * @param facts what a person reads first, each with its label
 * @param table the rows, which are also what CSV holds
 * @param notes what a person reads last, each a sentence
 * @param json the same and more, for programs; Jackson writes it
 * @param wrong whether something is wrong that a script must notice
 */
public record Findings(List<Fact> facts, Table table, List<String> notes, Object json, boolean wrong) {
    public Findings {
        facts = List.copyOf(facts);
        notes = List.copyOf(notes);
    }

    /** One line: what it is, and its value. */
    public record Fact(String label, String value) {}
}
