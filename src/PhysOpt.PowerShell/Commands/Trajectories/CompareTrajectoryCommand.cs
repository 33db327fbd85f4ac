using System.Management.Automation;
using PhysOpt.Analysis;
using PhysOpt.PowerShell.Binding;

namespace PhysOpt.PowerShell.Commands;

/// <summary>Compares two runs iteration by iteration: the mean and the largest absolute difference over the components of x.</summary>
[Cmdlet(VerbsData.Compare, "Trajectory")]
[OutputType(typeof(TrajectoryComparison))]
public sealed class CompareTrajectoryCommand : StoppableCommand
{
    /// <summary>The records of the run to compare with, or rows of them from a file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public PSObject[] ReferenceTrajectory { get; set; } = [];

    /// <summary>The records of the run to compare, or rows of them from a file.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public PSObject[] DifferenceTrajectory { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Attempt(() => WriteObject(Trajectory.Compare(Read(ReferenceTrajectory, "ReferenceTrajectory"),
            Read(DifferenceTrajectory, "DifferenceTrajectory"))), DifferenceTrajectory);

    List<IterationRecord> Read(PSObject[] trajectory, string parameter)
    {
        var rows = new RecordRows($"{parameter} row");
        return [.. trajectory.Select(row => rows.Read(row, WriteWarning))];
    }
}
