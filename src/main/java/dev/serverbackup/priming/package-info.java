/** WARM BEFORE THE SNAPSHOT: an AWS in memory, which the runs before a snapshot ask. */
package dev.serverbackup.priming;
