package dev.serverbackup.cli;

import java.util.List;

/**
 * What a question brought.
 *
 * @param facts what a person reads first, each with its label
 * @param table the rows
 * @param notes what a person reads last, each a sentence
 * @param json the same and more, for programs; Jackson writes it
 * @param wrong whether something is wrong that a script must notice
 */
public record Findings(List<Fact> facts, Table table, List<String> notes, Object json, boolean wrong) {
    public Findings {
        facts = List.copyOf(facts);
        notes = List.copyOf(notes);
    }

    /** The table; where the answer has none, its facts as one, or its sentences where it has no facts either. */
    Table rows() {
        if (table.headings().isEmpty() && facts.isEmpty()) {
            return Table.of(List.of(new Table.Column<>("TEXT", note -> note)), notes);
        }
        return table.headings().isEmpty()
                ? Table.of(
                        List.of(new Table.Column<>("FACT", Fact::label), new Table.Column<>("VALUE", Fact::value)),
                        facts)
                : table;
    }

    /** One line: what it is, and its value. */
    public record Fact(String label, String value) {}
}
