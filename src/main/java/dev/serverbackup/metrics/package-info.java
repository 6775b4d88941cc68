/** What is measured of runs and of what is open; the leaf {@code powertools} writes it as CloudWatch metrics. */
package dev.serverbackup.metrics;
