namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>Measure-GradientError and Test-Gradient: what they take, write and say.</summary>
public sealed class GradientCheckCommandTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    const string Product = "{ param($x) $x[0] * $x[1] }";

    const string WrongAdjoint = $"(New-OptimizationProblem -Physics {Product} -Adjoint {{ param($x, $w) ($x[1] * $w[0]), "
        + "(2 * $x[0] * $w[0]) } -Target 1 -InitialGuess 2,3)";

    [Theory]
    [InlineData($"Test-Gradient {Product} 2,3 -Gradient {{ param($x) $x[1], $x[0] }}", true)]
    [InlineData($"Test-Gradient {Product} 2,3 -Gradient {{ param($x) $x[0], $x[1] }}", false)]
    [InlineData($"Test-Gradient {Product} 2,3 -Gradient {{ param($x) $x[1], ($x[0] * 1.0001) }}", false)]
    [InlineData($"Test-Gradient {Product} 2,3 -Gradient {{ param($x) $x[1], ($x[0] * 1.0001) }} -Tolerance 1e-3", true)]
    [InlineData($"Test-Gradient {Product} -At 2,3", true)]
    [InlineData("Test-Gradient -Problem ThreeSpaces", true)]
    [InlineData("Test-Gradient -Problem ThreeSpaces -At 1,2 -Gradient { param($x) (2 * $x[0]), (4 * $x[1] * $x[1] * $x[1]) }", true)]
    [InlineData("Test-Gradient -Problem ThreeSpaces -At 1,2 -Gradient { param($x) (2 * $x[0]), (2 * $x[1] * $x[1]) }", false)]
    public void A_gradient_is_right_or_wrong(string command, bool expected) => Assert.Equal(expected, module.Single<bool>(command));

    [Fact]
    public void Each_point_of_a_pipeline_has_an_answer() => Assert.Equal(
        ["True", "False"],
        module.Texts("(2, 2), (2, 3) | Test-Gradient { param($x) $x[0] * $x[1] } -Gradient { param($x) $x[0], $x[1] }"));

    [Theory]
    [InlineData($"{Product} 2,3 -Gradient {{ param($x) $x[1], $x[0] }}", "Supplied")]
    [InlineData($"{Product} 2,3", "Exact")]
    [InlineData("{ param($x) [float]$y = $x[0]; $y * $x[1] } 2,3", "FiniteDifference")]
    [InlineData($"{Product} 2,3 -Derivative FiniteDifference", "FiniteDifference")]
    [InlineData("-Problem ThreeSpaces", "Exact")]
    [InlineData($"-Problem {WrongAdjoint}", "Supplied")]
    [InlineData($"-Problem {WrongAdjoint} -Derivative FiniteDifference", "FiniteDifference")]
    [InlineData("-Problem (New-OptimizationProblem -Physics { param($x) $x[0] * $x[1] } -Jacobian { param($x) $x[1], $x[0] } "
        + "-Target 1 -InitialGuess 2,3)", "Supplied")]
    [InlineData("-Problem ThreeSpaces -Derivative FiniteDifference", "FiniteDifference")]
    public void The_result_says_where_the_gradient_came_from(string arguments, string source) =>
        Assert.Equal(source, Assert.Single(module.Output($"Measure-GradientError {arguments}")).Properties["Source"].Value.ToString());

    [Fact]
    public void A_wrong_adjoint_of_the_physics_is_found() => Assert.Equal(
        ["False 1"],
        module.Texts($"$e = Measure-GradientError -Problem {WrongAdjoint}; \"$($e.IsCorrect) $($e.WorstComponent)\""));

    [Fact]
    public void Differences_are_called_that_in_the_verbose_stream() =>
        Assert.Contains(module.Run($"Test-Gradient {Product} 2,3 -Derivative FiniteDifference -Verbose").Verbose, line =>
            line.Contains("central differences that the methods use", StringComparison.Ordinal));

    [Fact]
    public void The_worst_component_is_named()
    {
        const string command = $"{Product} 2,3 -Gradient {{ param($x) $x[1], (2 * $x[0]) }}";
        Assert.Contains(module.Run($"Test-Gradient {command} -Verbose").Verbose, line =>
            line.Contains("component 1 is 4, but must be 2", StringComparison.Ordinal));
        Assert.Equal(["1 False 0 1"],
            module.Texts($"$e = Measure-GradientError {command}; \"$($e.WorstComponent) $($e.IsCorrect) $($e.Components.Index)\""));
        Assert.Equal(["Right", "Wrong"], module.Texts($"(Measure-GradientError {command}).Components.Verdict"));
    }

    [Fact]
    public void What_cannot_be_decided_is_a_warning_and_no_error_of_the_gradient()
    {
        var result = module.Run("Test-Gradient { param($x) [Math]::Abs($x[0]) } 0 -Gradient { 1 }");
        Assert.Empty(result.Errors);
        Assert.True((bool)Assert.Single(result.Output).BaseObject);
        Assert.Contains("kink", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"{Product} 2,3 -Gradient {{ 1 }}", "GradientLengthChanged")]
    [InlineData($"{Product} 2,3 -Gradient {{ 'text' }}", "GradientReturnedNotNumeric")]
    [InlineData($"{Product} 2,3 -Gradient {{ }}", "GradientReturnedNothing")]
    [InlineData($"{Product} 2,3 -Gradient {{ throw 'broken' }}", "GradientFailed")]
    [InlineData("{ [double]::NaN } 2,3", "ValueNotFinite")]
    [InlineData("{ 1, 2 } 2,3", "FunctionNotScalar")]
    [InlineData("{ throw 'broken' } 2,3", "FunctionFailed")]
    [InlineData("-Problem ThreeSpaces -At 1", "AtLengthMismatch")]
    [InlineData("{ param($x) [float]$y = $x[0]; $y * $x[1] } 2,3 -Derivative Traced", "DerivativesNotExact")]
    [InlineData("-Problem Nonesuch", "ProblemNotFound")]
    [InlineData($"{Product} 2,3 -Tolerance 0", "ParameterArgumentValidationError")]
    [InlineData($"{Product} 'here'", "ParameterArgumentTransformationError")]
    public void What_cannot_be_checked_is_an_error_and_has_no_answer(string arguments, string id)
    {
        foreach (var command in (string[])["Test-Gradient", "Measure-GradientError"])
        {
            var result = module.Run($"{command} {arguments}");
            Assert.StartsWith($"{id},", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Empty(result.Output);
        }
    }

    [Fact]
    public void A_point_that_fails_does_not_stop_the_others()
    {
        var result = module.Run(
            "4, -1, 9 | Test-Gradient { param($x) if ($x[0] -lt 0) { throw 'below' }; [Math]::Sqrt($x[0]) } -Gradient { param($x) 0.5 / " +
            "[Math]::Sqrt($x[0]) }");
        Assert.Equal([true, true], result.Output.Select(each => (bool)each.BaseObject));
        Assert.StartsWith("FunctionFailed,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Null(result.Terminating);
    }
}
