using System.Management.Automation;
using PhysOpt.Analysis;
using PhysOpt.PowerShell.Binding;
using PhysOpt.Problems;

namespace PhysOpt.PowerShell.Commands;

/// <summary>A cmdlet that checks a gradient at a point: the one that is given, or the one that the methods would use.</summary>
public abstract class GradientCheckCommand : DerivativeCommand
{
    /// <summary>
    /// The gradient to check: { param($x) ... } returning as many numbers as x has. Without it, what Get-Gradient returns.
    /// </summary>
    [Parameter]
    [FunctionArgument]
    public FunctionArgument? Gradient { get; set; }

    /// <summary>The largest error, relative to each component, that a right gradient may have.</summary>
    [Parameter]
    [ValidatePositive]
    public double Tolerance { get; set; } = GradientCheck.DefaultTolerance;

    /// <summary>
    /// The outcome at a point. What could not be decided is a warning; the outcome and the origin of the gradient go to the verbose stream.
    /// </summary>
    private protected GradientError Check(OptimizationProblem subject)
    {
        var options = new Optimization.OptimizationOptions
        {
            Derivative = Derivative,
            Observer = this,
            Gradient = Gradient is null ? null : Map(Gradient, nameof(Gradient), subject.Variables),
        };
        var result = GradientCheck.Measure(subject, options, Tolerance, Role, StopToken);
        WriteVerbose(result.Source switch
        {
            GradientSource.Supplied => "The gradient that was supplied is checked.",
            GradientSource.Exact => "The gradient from the function's exact derivatives is checked.",
            _ => "No gradient was supplied and the function has no exact derivatives: the central differences that the methods use are " +
                "checked.",
        });
        var outcome = $"At {VariableWords.Place(subject.InitialGuess, subject.Variables)}: {result.Message}";
        if (result.UndecidedCount > 0) WriteWarning(outcome);
        else WriteVerbose(outcome);
        return result;
    }
}
