using PhysOpt.Problems;

namespace PhysOpt.PowerShell.Binding;

/// <summary>What a method may be given to start from: a problem, the name of one in the gallery, or a record to resume from.</summary>
public sealed class StartingPoint
{
    readonly string? name;

    /// <summary>The start that the problem names.</summary>
    public StartingPoint(OptimizationProblem problem) => Problem = problem;

    /// <summary>The point of a record.</summary>
    public StartingPoint(IterationRecord record) => (Record, Problem) = (record, record?.Problem);

    /// <summary>The gallery's problem of that name, looked up when it is used: so that an unknown name is an error of its own.</summary>
    public StartingPoint(string name) => (this.name, Problem) = (name, ProblemGallery.Find(name));

    /// <summary>The problem; null when there is none of that name, or when a record was read from a file and its problem could not be.</summary>
    public OptimizationProblem? Problem { get; }

    /// <summary>The problem, or the error that there is none.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    internal OptimizationProblem RequireProblem() => Problem ?? throw (name is not null ? ProblemGallery.NotFound(name) : new ProblemException(
        "RecordWithoutProblem", "The record was read from a file, and script blocks are not kept there.",
        "Give the problem again: -InputObject $problem -InitialGuess $record.X."));

    /// <summary>The record, if it was one.</summary>
    public IterationRecord? Record { get; }
}
