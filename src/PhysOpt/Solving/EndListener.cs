using PhysOpt.Optimization;

namespace PhysOpt.Solving;

/// <summary>Keeps how a run ended, and that it started without a slope, which the search says; what else it says is passed on.</summary>
/// <param name="observer">Receives what happens.</param>
internal sealed class EndListener(IRunObserver? observer) : IRunObserver
{
    /// <summary>Why there was no further step, where the method said so.</summary>
    internal string? WhyNoStep { get; private set; }

    /// <summary>True where the gradient is zero at the start, and the method has not looked at the curvature there.</summary>
    internal bool IsStartStationary { get; private set; }

    public void Warn(string message) => observer?.Warn(message);

    public void Explain(string message) => observer?.Explain(message);

    void IRunObserver.Contradict(string message) => observer?.Contradict(message);

    void IRunObserver.StartStationary(string message)
    {
        IsStartStationary = true;
        Explain(message);
    }

    void IRunObserver.End(RunEnding ending, bool isWarning)
    {
        WhyNoStep = ending.WhyNoStep;
        Explain(ending.ToString());
    }
}
