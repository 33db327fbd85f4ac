using PhysOpt.Optimization;

namespace PhysOpt.Solving;

/// <summary>Keeps how a run ended, which the result says; what else it says is passed on.</summary>
/// <param name="observer">Receives what happens.</param>
/// <param name="isFirst">False where another method ended at the start: that its gradient is zero there is then no news to warn
/// of.</param>
internal sealed class EndListener(IRunObserver? observer, bool isFirst) : IRunObserver
{
    readonly List<(bool IsWarning, string Text)> pending = [];
    bool hasStarted;

    /// <summary>Why there was no further step, where the method said so.</summary>
    internal string? WhyNoStep { get; private set; }

    public void Warn(string message) => pending.Add((true, message));

    public void Explain(string message) => pending.Add((false, message));

    void IRunObserver.Contradict(string message) => observer?.Contradict(message);

    void IRunObserver.End(RunEnding ending, bool isWarning)
    {
        WhyNoStep = ending.WhyNoStep;
        Explain(ending.ToString());
    }

    /// <summary>Passes on what was said in an iteration.</summary>
    internal void Forward()
    {
        foreach (var (isWarning, text) in pending)
        {
            if (isWarning && (isFirst || hasStarted)) observer?.Warn(text);
            else observer?.Explain(text);
        }

        hasStarted = true;
        pending.Clear();
    }
}
