/** Small systems whose states can be counted by hand, and a search so plain that it needs no test. */
package bpfmc.explorer.toy;
