using System.Management.Automation;

namespace PhysOpt.PowerShell.Commands;

/// <summary>
/// Tells whether a gradient is right: false when any component is wrong. A component that cannot be decided is not wrong, but a warning.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "Gradient", DefaultParameterSetName = "Function")]
[OutputType(typeof(bool))]
public sealed class TestGradientCommand : GradientCheckCommand
{
    private protected override object Differentiate(OptimizationProblem subject) => Check(subject).IsCorrect;
}
