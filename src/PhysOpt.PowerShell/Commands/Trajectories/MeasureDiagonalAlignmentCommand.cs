using System.Management.Automation;
using PhysOpt.PowerShell.Binding;

namespace PhysOpt.PowerShell.Commands;

/// <summary>
/// Measures how well updates are aligned with the diagonal: dot(u/|u|, (1,...,1)) with u = -Step. By default the first update of each run.
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "DiagonalAlignment")]
[OutputType(typeof(DiagonalAlignment))]
public sealed class MeasureDiagonalAlignmentCommand : StoppableCommand
{
    readonly RecordRows rows = new();
    readonly HashSet<(string, int, OptimizationProblem?)> measured = [];

    /// <summary>The records of one or more runs, or rows of them from a file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>Another direction to measure against than (1,...,1).</summary>
    [Parameter]
    [VectorArgument]
    public Vector? Direction { get; set; }

    /// <summary>Measure every update, not only the first of each run.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var item in InputObject) Attempt(() => Measure(rows.Read(item, WriteWarning)), item);
    }

    void Measure(IterationRecord record)
    {
        if (record.Iteration == 0) measured.Remove((record.Method, record.Run, record.Problem)); // a run begins
        if (!All && measured.Contains((record.Method, record.Run, record.Problem))) return;
        if (record.Step is null || record.StepNorm == 0) return;
        measured.Add((record.Method, record.Run, record.Problem)); // before it can fail: once is enough to say so
        WriteObject(DiagonalAlignment.Of(record, Direction));
    }
}
