using System.Management.Automation;
using PhysOpt.Analysis;

namespace PhysOpt.PowerShell.Commands;

/// <summary>Compares two runs iteration by iteration: the mean and the largest absolute difference over the components of x.</summary>
[Cmdlet(VerbsData.Compare, "Trajectory")]
[OutputType(typeof(TrajectoryComparison))]
public sealed class CompareTrajectoryCommand : StoppableCommand
{
    /// <summary>The records of the run to compare with.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public IterationRecord[] ReferenceTrajectory { get; set; } = [];

    /// <summary>The records of the run to compare.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public IterationRecord[] DifferenceTrajectory { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Attempt(() => WriteObject(Trajectory.Compare(ReferenceTrajectory, DifferenceTrajectory)), DifferenceTrajectory);
}
