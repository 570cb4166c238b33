/**
 * Searches that outlive their process: files with the states visited so far and with how to give their numbers a meaning again, and a number
 * by which an object is known when it is loaded the next time.
 */
package bpfmc.explorer.checkpoint;
