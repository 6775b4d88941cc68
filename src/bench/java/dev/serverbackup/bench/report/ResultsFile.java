package dev.serverbackup.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The results for programs. */
public final class ResultsFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ResultsFile() {}

    /** Writes a member for each figure: its parts in order, each with value, goal, met and the samples behind it. */
    public static void write(Path file, String machine, int runs, List<Findings> findings) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("machine", machine).put("runs", runs);
        for (Findings part : findings) {
            part.figures().forEach(figure -> root.withArray(figure.name()).add(node(figure)));
        }
        ObjectNode series = root.putObject("series");
        findings.forEach(part -> part.series().forEach(one -> series.set(one.name(), samples(one))));
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    }

    private static ObjectNode node(Figure figure) {
        ObjectNode node = JSON.createObjectNode()
                .put("what", figure.what())
                .put("value", figure.value())
                .put("goal", figure.goal())
                .put("met", figure.isMet());
        node.set("samples", samples(figure.series()));
        return node;
    }

    private static ArrayNode samples(Series series) {
        ArrayNode samples = JSON.createArrayNode();
        series.samples().forEach(samples::add);
        return samples;
    }
}
