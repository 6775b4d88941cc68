package dev.serverbackup.cli;

import java.util.List;

/**
 * The result of a command.
 *
 * @param facts printed first, each with its label
 * @param table the rows
 * @param notes printed last, each a sentence
 * @param json the same and more, for programs; Jackson writes it
 * @param wrong whether the exit code is 1
 */
public record Findings(List<Fact> facts, Table table, List<String> notes, Object json, boolean wrong) {
    public Findings {
        facts = List.copyOf(facts);
        notes = List.copyOf(notes);
    }

    /** The table; without one, the facts as a table, or the notes if there are no facts either. */
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

    /** A label and its value. */
    public record Fact(String label, String value) {}
}
