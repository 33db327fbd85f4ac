using System.Management.Automation;

namespace PhysOpt.PowerShell.Commands;

/// <summary>Compares a gradient with extrapolated differences of the function, component by component.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "GradientError", DefaultParameterSetName = "Function")]
[OutputType(typeof(GradientError))]
public sealed class MeasureGradientErrorCommand : GradientCheckCommand
{
    private protected override object Differentiate(OptimizationProblem subject) => Check(subject);
}
