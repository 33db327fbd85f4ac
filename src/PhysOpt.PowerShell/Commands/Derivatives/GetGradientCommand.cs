using System.Management.Automation;

namespace PhysOpt.PowerShell.Commands;

/// <summary>The gradient of a scalar function, or of the loss L(y(x)) of a problem, at a point.</summary>
[Cmdlet(VerbsCommon.Get, "Gradient", DefaultParameterSetName = "Function")]
[OutputType(typeof(Vector))]
public sealed class GetGradientCommand : DerivativeCommand
{
    private protected override object Differentiate(OptimizationProblem subject)
    {
        var point = Evaluate(subject).Point;
        var gradient = point.Gradient;
        point.ThrowIfFailed(); // in the gradient
        return gradient;
    }
}
