using PhysOpt.Solving;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.PowerShell.Loading;

/// <summary>
/// Finds a small minimum on another processor while Import-Module is still at work, so that what the first answer of a session needs is
/// compiled and loaded by then. Where there is one processor only, it would just take its time from the import.
/// </summary>
internal static class WarmUp
{
    static WarmUp()
    {
        if (Environment.ProcessorCount < 2) return;
        new Thread(Run) { IsBackground = true, Name = "PhysOpt warm-up", Priority = ThreadPriority.BelowNormal }.Start();
    }

    static void Run()
    {
        try
        {
            _ = new MinimumSearch().Find(Rosenbrock());
        }
        catch (Exception)
        {
            // What fails here fails again where somebody asked for it, and is told there; here it would end the process.
        }
    }

    static OptimizationProblem Rosenbrock()
    {
        var start = new Vector(-1.2, 1);
        var recorder = new Recorder(start.AsSpan());
        var (x, y) = (recorder.Inputs[0], recorder.Inputs[1]);
        var (a, b) = (1 - x, y - x * x);
        return new("warm-up", null, new TracedFunction(recorder.Finish([a * a + 100 * b * b])), start);
    }
}
