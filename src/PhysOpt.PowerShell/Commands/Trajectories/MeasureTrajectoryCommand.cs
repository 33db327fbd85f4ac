using System.Management.Automation;
using PhysOpt.Analysis;
using PhysOpt.PowerShell.Binding;

namespace PhysOpt.PowerShell.Commands;

/// <summary>
/// Summarises each run in one object: iterations, losses, path length, straightness, distance to the solution, and how it ended.
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "Trajectory")]
[OutputType(typeof(TrajectorySummary))]
public sealed class MeasureTrajectoryCommand : StoppableCommand
{
    readonly RecordRows rows = new();
    TrajectoryMeter? run;

    /// <summary>The records of one or more runs, each in its order; or rows of them from a file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public PSObject[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject) Attempt(() => Add(rows.Read(item, WriteWarning)), item);
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Flush();

    void Add(IterationRecord record)
    {
        if (run is not null && !Trajectory.BelongTogether(run.Last, record)) Flush();
        if (run is null) run = new(record);
        else run.Add(record);
        if (record.Status != TerminationReason.Running) Flush();
    }

    void Flush()
    {
        if (run is not null) WriteObject(run.Summary);
        run = null;
    }
}
