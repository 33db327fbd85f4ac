using PhysOpt.Analysis;

namespace PhysOpt.Pictures;

/// <summary>The records of one run, as far as a picture needs them: two numbers of each, and of long states some.</summary>
internal sealed class PictureSeries(IterationRecord first)
{
    /// <summary>The states that are kept, at most.</summary>
    const int StateLimit = 512;

    readonly List<Dot> dots = [];
    readonly Thinned<IterationRecord> states = new(StateLimit);

    internal string Method { get; } = first.Method;

    internal int Run { get; } = first.Run;

    /// <summary>The learning rate, where it is known and tells runs of one method apart.</summary>
    internal double? LearningRate { get; } = first.LearningRate;

    internal OptimizationProblem? Problem { get; } = first.Problem;

    internal IterationRecord Last { get; private set; } = first;

    internal IReadOnlyList<Dot> Dots => dots;

    internal Thinned<IterationRecord> States => states;

    /// <summary>"Newton run 0".</summary>
    internal string Name => FormattableString.Invariant($"{Method} run {Run}");

    /// <summary>True for a record that continues this run.</summary>
    internal bool Accepts(IterationRecord record) => Trajectory.BelongTogether(Last, record);

    /// <summary>Takes in the next record, of which nothing is drawn yet.</summary>
    internal void Extend(IterationRecord record) => Last = record;

    internal void Draw(Dot dot) => dots.Add(dot);

    internal void DrawState(IterationRecord record) => states.Add(record);
}
