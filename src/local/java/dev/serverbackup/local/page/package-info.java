/** The page at {@code /}: what the local OpsWorks CM has and was asked, for people. */
package dev.serverbackup.local.page;
