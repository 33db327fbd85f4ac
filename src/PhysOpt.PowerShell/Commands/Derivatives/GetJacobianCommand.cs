using System.Management.Automation;
using PhysOpt.Functions;
using PhysOpt.Optimization;

namespace PhysOpt.PowerShell.Commands;

/// <summary>
/// The Jacobian dy/dx of a function, or of the physics of a problem, at a point: a row for each output, a column for each input.
/// </summary>
[Cmdlet(VerbsCommon.Get, "Jacobian", DefaultParameterSetName = "Function")]
[OutputType(typeof(Matrix))]
public sealed class GetJacobianCommand : DerivativeCommand
{
    private protected override object Differentiate(OptimizationProblem subject)
    {
        var x = subject.InitialGuess;
        var map = Objectives.CreateMap(subject, "Function", Options, new EvaluationBudget(token: StopToken));
        return map.Jacobian(x, ConfirmedPoint.Of(map, x, Options, subject.LowerBound, subject.UpperBound));
    }
}
