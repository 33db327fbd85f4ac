using System.Management.Automation;

namespace PhysOpt.PowerShell.Commands;

/// <summary>The Hessian of a scalar function, or of the loss L(y(x)) of a problem, at a point.</summary>
[Cmdlet(VerbsCommon.Get, "Hessian", DefaultParameterSetName = "Function")]
[OutputType(typeof(Matrix))]
public sealed class GetHessianCommand : DerivativeCommand
{
    private protected override object Differentiate(OptimizationProblem subject)
    {
        var (objective, point) = Evaluate(subject);
        return objective.Hessian(point);
    }
}
