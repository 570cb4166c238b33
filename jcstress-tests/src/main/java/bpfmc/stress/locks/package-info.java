/** The right locks: every suite must pass. One question a class. */
package bpfmc.stress.locks;
