using System.Management.Automation;
using PhysOpt.Problems;

namespace PhysOpt.PowerShell.Binding;

/// <summary>What a method may be given to start from: a problem, the name of one in the gallery, or a record to go on from.</summary>
public sealed class StartingPoint
{
    /// <summary>The start that the problem names.</summary>
    public StartingPoint(OptimizationProblem problem) => Problem = problem;

    /// <summary>The point of a record.</summary>
    public StartingPoint(IterationRecord record) => (Record, Problem) = (record, record?.Problem);

    /// <summary>The gallery's problem of that name.</summary>
    /// <exception cref="PSInvalidCastException">There is none.</exception>
    public StartingPoint(string name) => Problem = ProblemGallery.Find(name) ?? throw new PSInvalidCastException(
        $"There is no problem named '{name}'; there are {string.Join(", ", ProblemGallery.All.Select(problem => problem.Name))}.");

    /// <summary>The problem; null when a record was read from a file and its problem could not be.</summary>
    public OptimizationProblem? Problem { get; }

    /// <summary>The record, if it was one.</summary>
    public IterationRecord? Record { get; }
}
