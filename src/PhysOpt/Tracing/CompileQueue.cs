using System.Collections.Concurrent;

namespace PhysOpt.Tracing;

/// <summary>Compiles one program after the other, on one thread of the pool that gives way to others. What nobody uses any more is not compiled.</summary>
internal static class CompileQueue
{
    static readonly ConcurrentQueue<WeakReference<TieredRunner>> Waiting = new();
    static int isRunning;

    /// <summary>Compiles a program some time soon; returns at once.</summary>
    internal static void Add(TieredRunner runner)
    {
        Waiting.Enqueue(new(runner));
        Start();
    }

    static void Start()
    {
        if (Interlocked.CompareExchange(ref isRunning, 1, 0) == 0) ThreadPool.UnsafeQueueUserWorkItem(static _ => Work(), null);
    }

    static void Work()
    {
        var priority = Thread.CurrentThread.Priority;
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        try
        {
            while (Waiting.TryDequeue(out var next))
            {
                if (next.TryGetTarget(out var runner)) runner.CompileNow();
            }
        }
        finally
        {
            Thread.CurrentThread.Priority = priority;
            Volatile.Write(ref isRunning, 0);
        }

        if (!Waiting.IsEmpty) Start(); // what came after the last look
    }
}
