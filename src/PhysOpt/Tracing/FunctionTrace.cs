namespace PhysOpt;

/// <summary>How a function is computed: recorded and run as native code, or called as it is, and why.</summary>
public sealed record FunctionTrace
{
    /// <summary>What the function is in its problem: "Function", "Physics", "Loss" or "Objective".</summary>
    public required string Role { get; init; }

    /// <summary>True when the function was recorded; its derivatives are then exact, otherwise they are finite differences.</summary>
    public bool IsTraced { get; init; }

    /// <summary>Where it was recorded, n components.</summary>
    public required Vector At { get; init; }

    /// <summary>m, the number of its outputs; null where it is not traced.</summary>
    public int? OutputCount { get; init; }

    /// <summary>The operations on single numbers that were recorded, without those that simplify away.</summary>
    public int? Operations { get; init; }

    /// <summary>The loops over vectors that they were rolled up into.</summary>
    public int? Loops { get; init; }

    /// <summary>The vector instructions in these loops, sums included.</summary>
    public int? VectorOperations { get; init; }

    /// <summary>The operations that are left outside of loops.</summary>
    public int? ScalarOperations { get; init; }

    /// <summary>The comparisons on which the record rests; where one turns out differently, the function is recorded again.</summary>
    public int? Guards { get; init; }

    /// <summary>The branches on record.</summary>
    public int? Branches { get; init; }

    /// <summary>The variables that the record holds as constants; it is made anew when they change.</summary>
    public IReadOnlyList<string> Captured { get; init; } = [];

    /// <summary>What the function itself has confirmed of the trace, at <see cref="ConfirmedAt"/>.</summary>
    public Confirmation Confirmation { get; init; }

    /// <summary>
    /// The latest point at which it was asked, by whichever command: where a run has started, passed or ended, or a derivative was taken;
    /// null where it has not been asked.
    /// </summary>
    public Vector? ConfirmedAt { get; init; }

    /// <summary>How often the function itself was called to confirm, in all runs; null where it is not traced.</summary>
    public int? Confirmations { get; init; }

    /// <summary>How it runs, in words.</summary>
    public required string Runs { get; init; }

    /// <summary>Why it is not traced; null where it is.</summary>
    public string? Reason { get; init; }

    /// <summary>The line of the script to which <see cref="Reason"/> belongs, counted from 1; null where none is to blame.</summary>
    public int? Line { get; init; }

    /// <summary>The column to which <see cref="Reason"/> belongs, counted from 1.</summary>
    public int? Column { get; init; }

    /// <summary>What stands there.</summary>
    public string? Text { get; init; }

    /// <summary>What recording and checking took; null where it is not traced.</summary>
    public TimeSpan? RecordingTime { get; init; }
}
