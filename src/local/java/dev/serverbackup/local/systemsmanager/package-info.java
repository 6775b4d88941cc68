/**
 * A stand-in for Systems Manager's Run Command: instances that are Online or not, and commands that really run the
 * documents' shell steps on this machine, in a scratch directory for each instance.
 */
package dev.serverbackup.local.systemsmanager;
