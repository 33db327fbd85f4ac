using System.Management.Automation;
using PhysOpt.Functions;
using PhysOpt.Optimization;

namespace PhysOpt.PowerShell.Commands;

/// <summary>A cmdlet that differentiates a function, or the functions of a problem, at a point.</summary>
public abstract class DerivativeCommand : FunctionCommand, IRunObserver
{
    /// <summary>Where derivatives come from.</summary>
    [Parameter]
    public DerivativeSource Derivative { get; set; }

    /// <summary>Where derivatives come from, and who receives explanations.</summary>
    private protected OptimizationOptions Options => new() { Derivative = Derivative, Observer = this };

    /// <summary>The derivative at the subject's InitialGuess.</summary>
    private protected abstract object Differentiate(OptimizationProblem subject);

    /// <inheritdoc/>
    private protected override void Process(OptimizationProblem subject) => WriteObject(Differentiate(subject), enumerateCollection: false);

    /// <summary>The subject's objective, and its value at the point.</summary>
    private protected (ITwiceDifferentiable Objective, Point Point) Evaluate(OptimizationProblem subject)
    {
        var objective = (ITwiceDifferentiable)Objectives.Create(subject, Options, new EvaluationBudget(token: StopToken), StopToken, Role);
        return (objective, ConfirmedPoint.Of(objective, subject.InitialGuess, Options));
    }

    void IRunObserver.Warn(string message) => WriteWarning(message);

    void IRunObserver.Explain(string message) => WriteVerbose(message);
}
