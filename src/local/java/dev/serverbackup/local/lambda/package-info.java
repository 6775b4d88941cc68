/** Lambda, as far as functions are invoked directly: its API Invoke. */
package dev.serverbackup.local.lambda;
