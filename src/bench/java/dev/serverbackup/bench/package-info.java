/**
 * What the performance figures are measured with: a fake AWS of fixed latencies on one CPU ({@code fake}), the function
 * and what a user would write instead on the other ({@code arm}), a class for each thing that is measured
 * ({@code part}), and what people read ({@code report}). Nothing of it is deployed.
 */
package dev.serverbackup.bench;
