/** The local cloud: what stands in for AWS on one machine. Nothing here is deployed. */
package dev.serverbackup.local;
