using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>Parameters that cannot be used: named before anything is evaluated, with a stable id, a category and what to do.</summary>
public sealed class InputErrorTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    /// <summary>Physics that must not be reached.</summary>
    const string Physics = "-Physics { param($x) $reached[0]++; $x }";

    [Theory]
    [InlineData($"Invoke-GradientDescent {Physics} -InitialGuess @()", "InitialGuessEmpty", "no components")]
    [InlineData($"Invoke-GradientDescent {Physics} -InitialGuess 1, ([double]::NaN)", "InitialGuessNotFinite", "component 1")]
    [InlineData($"Invoke-GradientDescent {Physics} -InitialGuess ([double]::PositiveInfinity)", "InitialGuessNotFinite", "Infinity")]
    [InlineData($"Invoke-GradientDescent {Physics} -InitialGuess 1,2,3 -LowerBound 0,0", "LowerBoundLengthMismatch", "2 components")]
    [InlineData($"Invoke-GradientDescent {Physics} -InitialGuess 1,2 -UpperBound 0,1,2", "UpperBoundLengthMismatch", "3 components")]
    [InlineData($"Invoke-GradientDescent {Physics} -InitialGuess 1 -LowerBound ([double]::NaN)", "LowerBoundNotANumber", "component 0")]
    [InlineData($"Invoke-GradientDescent {Physics} -InitialGuess 1,1 -LowerBound 0,2 -UpperBound 1,1", "BoundsCrossed", "component 1")]
    [InlineData($"New-OptimizationProblem {Physics} -InitialGuess 1,1 -LowerBound 0,2 -UpperBound 1,1", "BoundsCrossed", "LowerBound 2")]
    [InlineData($"Invoke-GradientDescent {Physics} -InitialGuess 1,1 -Solution 1", "SolutionLengthMismatch", "Solution")]
    [InlineData($"Invoke-GradientDescent {Physics} -InitialGuess 1 -Loss {{ 1 }} -Target 1", "LossAndTarget", "both")]
    [InlineData($"Invoke-GradientDescent {Physics} -InitialGuess 1 -Derivative Traced", "DerivativesNotExact", "exact")]
    [InlineData($"Invoke-InverseSimulator {Physics} -InitialGuess 1 -InverseMethod Analytic", "InverseMissing", "inverse")]
    [InlineData("Invoke-InverseSimulator -Objective { param($x) $reached[0]++; $x[0] } -InitialGuess 1", "MethodNeedsMore", "physics")]
    [InlineData("Find-NumericInverse { param($x) $reached[0]++; $x } -Target 1 -InitialGuess 1 -LowerBound 2 -UpperBound 1",
        "BoundsCrossed", "above UpperBound")]
    [InlineData("Find-NumericInverse { param($x) $reached[0]++; $x } -Target 1 -InitialGuess 1 -LowerBound 2,3", "LowerBoundLengthMismatch",
        "2 components")]
    [InlineData("Find-NumericInverse -Problem (New-OptimizationProblem -Objective { param($x) $reached[0]++; $x[0] } -InitialGuess 1) " +
        "-Target 1", "PhysicsMissing", "no physics")]
    [InlineData("Invoke-GradientDescent ThreeSpaces -InitialGuess 1,2,3", "InitialGuessLengthMismatch", "InitialGuess has 3 components")]
    [InlineData("Get-Gradient -Problem ThreeSpaces -At 1", "AtLengthMismatch", "At has 1 component")]
    [InlineData("$r = Invoke-GradientDescent ThreeSpaces -Iterations 2; Compare-Trajectory $r[0] $r[1..2]", "NoCommonIterations",
        "no iteration in common")]
    [InlineData("$r = Invoke-GradientDescent ThreeSpaces -Iterations 0; $s = Invoke-GradientDescent -Physics { param($x) $x } " +
        "-InitialGuess 1 -Iterations 0; Compare-Trajectory $r $s", "TrajectoriesDifferInLength", "2 components")]
    public void An_unusable_parameter_ends_the_statement_before_anything_is_evaluated(string script, string id, string fragment)
    {
        var error = Refused(script);
        Assert.StartsWith($"{id},", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(fragment, error.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal(["caught"], module.Texts($"try {{ {script}; 'after' }} catch {{ 'caught' }}"));
    }

    [Theory]
    [InlineData("-LearningRate 0", "LearningRate")]
    [InlineData("-LearningRate (-0.1)", "LearningRate")]
    [InlineData("-LearningRate ([double]::NaN)", "LearningRate")]
    [InlineData("-LearningRate ([double]::PositiveInfinity)", "LearningRate")]
    [InlineData("-MaxIterations (-1)", "MaxIterations")]
    [InlineData("-MaxEvaluations 0", "MaxEvaluations")]
    [InlineData("-GradientTolerance (-1)", "GradientTolerance")]
    [InlineData("-GradientTolerance ([double]::NaN)", "GradientTolerance")]
    [InlineData("-StepTolerance (-1)", "StepTolerance")]
    [InlineData("-LossTolerance (-1)", "LossTolerance")]
    public void A_number_out_of_range_is_refused_with_its_parameters_name(string parameter, string name)
    {
        var error = Refused($"Invoke-GradientDescent {Physics} -InitialGuess 1 {parameter}");
        Assert.StartsWith("ParameterArgumentValidationError,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"'{name}'", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Invoke-GradientDescent ThreeSpaces -Derivative Guessed", "Guessed")]
    [InlineData("Invoke-Lbfgs ThreeSpaces -Memory 0", "Memory")]
    [InlineData("Invoke-GradientDescent ThreeSpaces -Physics { param($x) $x }", "the text 'ThreeSpaces'")]
    [InlineData("Invoke-GradientDescent -Physics { 1 } -Objective { 1 } -InitialGuess 1", "parameter set")]
    [InlineData("New-OptimizationProblem '' -Physics { 1 } -InitialGuess 1", "Name")]
    public void What_cannot_be_bound_is_refused(string script, string fragment) =>
        Assert.Contains(fragment, Refused(script).Exception.Message, StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData("Invoke-GradientDescent Nonesuch")]
    [InlineData("Invoke-GradientDescent -InputObject Nonesuch -InitialGuess 1")]
    [InlineData("'Nonesuch' | Invoke-GradientDescent")]
    [InlineData("Get-OptimizationProblem Nonesuch")]
    [InlineData("Get-Gradient -Problem Nonesuch")]
    [InlineData("Find-NumericInverse -Problem Nonesuch -Target 1")]
    public void An_unknown_name_is_not_found_and_the_way_to_the_known_ones_is_shown(string script)
    {
        var error = Refused(script);
        Assert.StartsWith("ProblemNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Contains("'Nonesuch'", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("StartingPoint", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Get-OptimizationProblem", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Find-NumericInverse { param($x) $x } -Target 1,2,3 -InitialGuess 1,2")]
    [InlineData("Find-NumericInverse -Problem ThreeSpaces -Target 1,2,3")]
    [InlineData("Invoke-GradientDescent -Physics { param($x) $x } -Target 1,2,3 -InitialGuess 1,2")]
    [InlineData("Invoke-InverseSimulator -Physics { param($x) $x } -Target 1,2,3 -InitialGuess 1,2")]
    public void A_target_of_the_wrong_length_is_called_that(string script)
    {
        var result = module.Run(script);
        var error = Assert.Single(result.Errors);
        Assert.StartsWith("TargetLengthMismatch,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Target has 3", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_direction_of_the_wrong_length_is_an_error_for_each_run_and_not_for_each_record()
    {
        var result = module.Run("Invoke-GradientDescent ThreeSpaces -Iterations 3 | Measure-DiagonalAlignment -Direction 1,2,3");
        Assert.All(result.Errors, error =>
            Assert.StartsWith("DirectionLengthMismatch,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Single(result.Errors);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("'Nonesuch', 'ThreeSpaces' | Invoke-GradientDescent -Iterations 0")]
    [InlineData("$bad = New-OptimizationProblem -Physics { param($x) throw 'broken' } -InitialGuess 1; $bad, (Get-OptimizationProblem " +
        "ThreeSpaces) | Invoke-GradientDescent -Iterations 0")]
    [InlineData("(1, 2, 3), (3, 3) | Invoke-GradientDescent ThreeSpaces -Iterations 0")]
    [InlineData("'no vector', '3 3' | Invoke-GradientDescent ThreeSpaces -Iterations 0")]
    [InlineData("(New-OptimizationProblem -Objective { param($x) 1 } -InitialGuess 1), (Get-OptimizationProblem ThreeSpaces) | " +
        "Invoke-InverseSimulator -Iterations 0")]
    public void One_bad_item_of_a_pipeline_does_not_stop_the_others(string script)
    {
        var result = module.Run(script);
        Assert.Single(result.Errors);
        Assert.Null(result.Terminating);
        Assert.Equal("3 3", Assert.Single(result.Output).Properties["X"].Value.ToString());
    }

    [Fact]
    public void A_target_of_a_pipeline_that_fails_does_not_stop_the_others()
    {
        var result = module.Run(
            "4, -1, 9 | Find-NumericInverse { param($x) if ($x[0] -lt 0) { throw 'below' }; $x[0] * $x[0] } -InitialGuess 2");
        Assert.Equal([2.0, 3.0], result.Output.Where(found => (bool)found.Properties["IsFound"].Value)
            .Select(found => double.Round(((IReadOnlyList<double>)found.Properties["X"].Value)[0], 6)));
        Assert.Null(result.Terminating);
    }

    ErrorRecord Refused(string script)
    {
        int[] reached = [0];
        var result = module.Run(script, ("reached", reached));
        var error = Assert.Single(result.Errors);
        Assert.Empty(result.Output);
        Assert.Equal(0, reached[0]);
        return error;
    }
}
