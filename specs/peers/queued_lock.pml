/* The kernel's queued spin lock step by step, as bpfmc's QueuedMachine takes it: N CPUs, one section each. One transition for each access
 * to the word or to a queue node; what follows from it is part of it.
 */
#ifndef N
#define N 2
#endif
bit locked;	/* the word: the locked byte, */
bit pending;	/* the pending byte, */
byte tail;	/* and who came last, its number plus one */
bit turn[N];	/* queue nodes */
byte next[N];
byte inside;
byte ended;

#define FREE	(!locked && !pending && tail == 0)
#define ENTER	inside++; assert(inside == 1); other = 0; goto in

active [N] proctype cpu()
{
	byte other;
	if
	:: atomic { FREE -> locked = 1; ENTER }
	:: atomic { pending && !locked && tail == 0 -> goto look }
	:: atomic { tail != 0 || pending && locked -> goto enqueue }
	:: atomic { locked && !pending && tail == 0 -> goto set }
	fi;
look:	if
	:: atomic { pending || tail != 0 -> goto enqueue }
	:: atomic { !pending && tail == 0 -> goto set }
	fi;
set:	if
	:: atomic { !pending && tail == 0 && locked -> pending = 1; goto unlocked }
	:: atomic { !pending && tail == 0 && !locked -> pending = 1; goto mine }
	:: atomic { !pending && tail != 0 -> pending = 1; goto undo }
	:: atomic { pending -> goto enqueue }
	fi;
undo:	atomic { pending = 0; goto enqueue };
unlocked:
	atomic { !locked -> goto mine };
mine:	atomic { pending = 0; locked = 1; ENTER };
enqueue:
	atomic {
		turn[_pid] = 0;
		next[_pid] = 0;
		if
		:: FREE
		:: else -> goto swap
		fi
	};
	if
	:: atomic { FREE -> locked = 1; ENTER }
	:: atomic { !FREE -> goto swap }
	fi;
swap:	atomic {
		other = tail;
		tail = _pid + 1;
		if
		:: other == 0 -> goto free
		:: else
		fi
	};
	d_step { next[other - 1] = _pid + 1; other = 0 };
	d_step { turn[_pid] == 1 -> skip };
	other = next[_pid];
free:	atomic {
		!locked && !pending;
		if
		:: tail == _pid + 1
		:: else -> goto head
		fi
	};
	if
	:: atomic { !locked && !pending && tail == _pid + 1 -> tail = 0; locked = 1; ENTER }
	:: atomic { locked || pending || tail != _pid + 1 -> goto head }
	fi;
head:	atomic {
		locked = 1;
		if
		:: other != 0 -> goto hand
		:: else
		fi
	};
	d_step { next[_pid] != 0 -> other = next[_pid] };
hand:	atomic { turn[other - 1] = 1; ENTER };
in:	atomic { inside--; locked = 0; ended++; assert(ended < N || FREE) };
end:	false
}
