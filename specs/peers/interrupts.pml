/* specs/bench/interrupts.bpf.c by hand: on each of N CPUs a task and an interrupt that take one lock with interrupts off. */
#ifndef N
#define N 2
#endif
bit owned;
byte count;
byte ended;
bit above[N];	/* the interrupt runs */
bit masked[N];	/* interrupts are off */

active [N] proctype task() provided (above[_pid] == 0)
{
	byte seen;
	d_step { masked[_pid] = 1 }
	d_step { owned == 0 -> owned = 1 }
	seen = count;
	d_step { count = seen + 1; seen = 0 }
	owned = 0;
	d_step { masked[_pid] = 0; ended++; assert(ended < 2 * N || count == 2 * N) }
end:	false
}

active [N] proctype interrupt()
{
	byte seen;
endwait:
	d_step { masked[_pid - N] == 0 -> above[_pid - N] = 1 }
	d_step { owned == 0 -> owned = 1 }
	seen = count;
	d_step { count = seen + 1; seen = 0 }
	d_step { owned = 0; above[_pid - N] = 0; ended++; assert(ended < 2 * N || count == 2 * N) }
end:	false
}
