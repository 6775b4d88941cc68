/** The metrics of runs and of open entries; the package {@code powertools} writes them as CloudWatch metrics. */
package dev.serverbackup.metrics;
