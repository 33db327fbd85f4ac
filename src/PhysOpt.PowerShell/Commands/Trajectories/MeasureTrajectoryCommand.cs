using System.Management.Automation;
using PhysOpt.Analysis;

namespace PhysOpt.PowerShell.Commands;

/// <summary>Summarises each run in one object: iterations, losses, path length, straightness, distance to the solution, and how it ended.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Trajectory")]
[OutputType(typeof(TrajectorySummary))]
public sealed class MeasureTrajectoryCommand : PSCmdlet
{
    TrajectoryMeter? run;

    /// <summary>The records of one or more runs, each in its order.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public IterationRecord[] InputObject { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var record in InputObject)
        {
            if (run is not null && !Trajectory.BelongTogether(run.Last, record)) Flush();
            if (run is null) run = new(record);
            else run.Add(record);
            if (record.Status != TerminationReason.Running) Flush();
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Flush();

    void Flush()
    {
        if (run is not null) WriteObject(run.Summary);
        run = null;
    }
}
