namespace PhysOpt.Tracing.Compiling;

/// <summary>
/// Compiles one program after the other on a thread of its own that gives way to others. What nobody uses any more is not compiled.
/// Asking for
/// a program to be compiled allocates nothing: it is an evaluation that asks.
/// </summary>
internal static class CompileQueue
{
    /// <summary>Bytes; compilers go down into expressions by recursion.</summary>
    const int StackSize = 8 << 20;

    static readonly Queue<WeakReference<TieredRunner>> Waiting = new(256);
    static int isStarted;

    /// <summary>Starts the thread, if it does not run yet.</summary>
    internal static void Prepare()
    {
        if (Interlocked.CompareExchange(ref isStarted, 1, 0) != 0) return;
        new Thread(Work, StackSize) { IsBackground = true, Name = "PhysOpt compiler", Priority = ThreadPriority.BelowNormal }.Start();
    }

    /// <summary>Compiles a program some time soon; returns at once.</summary>
    internal static void Add(WeakReference<TieredRunner> runner)
    {
        lock (Waiting)
        {
            Waiting.Enqueue(runner);
            Monitor.Pulse(Waiting);
        }
    }

    static void Work()
    {
        while (true)
        {
            if (Next().TryGetTarget(out var runner)) runner.CompileNow();
        }
    }

    static WeakReference<TieredRunner> Next()
    {
        lock (Waiting)
        {
            while (Waiting.Count == 0) Monitor.Wait(Waiting);
            return Waiting.Dequeue();
        }
    }
}
