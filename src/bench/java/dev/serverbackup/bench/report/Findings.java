package dev.serverbackup.bench.report;

import java.util.List;

/**
 * What a part has found.
 *
 * @param figures those with a goal
 * @param series what else is worth telling
 */
public record Findings(List<Figure> figures, List<Series> series) {}
