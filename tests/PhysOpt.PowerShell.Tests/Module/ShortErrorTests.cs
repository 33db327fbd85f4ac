using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>
/// What goes wrong is an error of PhysOpt's or of parameter binding, never one of .NET, and says in few words what, where, and what to do.
/// </summary>
public sealed class ShortErrorTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    const int MostWords = 40, MostWordsOfAdvice = 25;

    const string Many = "-InitialGuess (@(1.0) * 60000)", Hundred = "-InitialGuess (@(1.0) * 100)";

    const string Plain = "-Physics { param($x) $x }", Pair = "-Physics { param($x) $x[0], ($x[1] * 2) } -InitialGuess 1, 2";

    const string Shared = "-Physics { param($x) $s = 0.0; foreach ($v in $x) { $s += $v }; foreach ($v in $x) { $v + $s } } "
        + "-InitialGuess (@(1.0) * 6000)";

    const string Bowl = "{ param($x) $x[0] * $x[0] + $x[1] * $x[1] } -InitialGuess 1, 2";

    const string ThreeThenTwo = "$n = @(0); $f = { param($x) if ($n[0]++ -lt 2) { $x[0], 2, 3 } else { $x[0], 2 } }; ";

    /// <summary>A command, and the id of its error.</summary>
    public static TheoryData<string, string> Failing => new()
    {
        // matrices that no memory holds
        { $"Invoke-NewtonStep {{ param($x) $s = 0.0; foreach ($v in $x) {{ $s += $v * $v }}; $s }} {Many}", "HessianTooLarge" },
        { "Get-Hessian { param($x) $s = 0.0; foreach ($v in $x) { $s += $v * $v }; $s } -At (@(1.0) * 60000)", "HessianTooLarge" },
        { "Get-Jacobian { param($x) $x } -At (@(1.0) * 60000)", "JacobianTooLarge" },
        { $"Invoke-GaussNewton {Shared}", "JacobianTooLarge" },
        { $"Invoke-LevenbergMarquardt {Shared}", "JacobianTooLarge" },
        { $"Invoke-HalfInverseGradient {Plain} {Many}", "JacobianTooLarge" },
        { $"Invoke-InverseSimulator {Shared} -InverseMethod GaussNewton", "JacobianTooLarge" },
        { $"Invoke-Lbfgs {Plain} {Many} -Derivative FiniteDifference", "JacobianTooLarge" },
        {
            $"Invoke-InverseSimulator {Plain} -Loss {{ param($y) $s = 0.0; foreach ($v in $y) {{ $s += $v * $v }}; $s }} {Many}",
            "HessianTooLarge"
        },
        // as many outputs as before
        { ThreeThenTwo + "Invoke-GradientDescent -Physics $f -InitialGuess 1, 2", "PhysicsLengthChanged" },
        { ThreeThenTwo + "Invoke-LevenbergMarquardt -Physics $f -InitialGuess 1, 2", "PhysicsLengthChanged" },
        { ThreeThenTwo + "Find-NumericInverse $f -Target 1, 2, 3 -InitialGuess 1, 2", "PhysicsLengthChanged" },
        { ThreeThenTwo + "Get-Jacobian $f -At 1, 2", "FunctionLengthChanged" },
        // derivatives of another shape
        { $"Invoke-GaussNewton {Pair} -Jacobian {{ param($x) (1, 0, 0), (0, 2, 0) }}", "JacobianShapeMismatch" },
        { $"Invoke-GradientDescent {Pair} -Jacobian {{ param($x) , (1, 0) }}", "JacobianShapeMismatch" },
        { $"Invoke-LevenbergMarquardt {Pair} -Jacobian {{ param($x) (1, 0), (0, 2, 3) }}", "JacobianShapeMismatch" },
        { $"Invoke-LevenbergMarquardt {Pair} -Jacobian {{ param($x) }}", "JacobianShapeMismatch" },
        { $"Invoke-LevenbergMarquardt {Pair} -Jacobian {{ param($x) 'a' }}", "JacobianShapeMismatch" },
        { $"Invoke-GradientDescent {Pair} -Adjoint {{ param($x, $w) 1, 2, 3 }}", "AdjointLengthMismatch" },
        { $"Invoke-Lbfgs {Pair} -Adjoint {{ param($x, $w) }}", "AdjointReturnedNothing" },
        { $"Invoke-Lbfgs {Bowl} -Gradient {{ param($x) 1, 2, 3 }}", "GradientLengthChanged" },
        { $"Invoke-Lbfgs {Bowl} -Gradient {{ param($x) }}", "GradientReturnedNothing" },
        { $"Invoke-InverseSimulator {Plain} -Inverse {{ param($y) 1, 2, 3 }} -InitialGuess 1, 2", "InverseLengthMismatch" },
        { $"Invoke-InverseSimulator {Plain} -Inverse {{ param($y) }} -InitialGuess 1, 2", "InverseReturnedNothing" },
        { $"Invoke-InverseSimulator {Plain} -Inverse {{ param($y) throw 'never' }} -InitialGuess 1, 2", "InverseFailed" },
        // what comes back is no number, or not one
        { $"Invoke-GradientDescent {Plain} -Loss {{ param($y) }} -InitialGuess 1, 2", "LossReturnedNothing" },
        { $"Invoke-GradientDescent {Plain} -Loss {{ param($y) $y }} -InitialGuess 1, 2", "LossNotScalar" },
        { $"Invoke-GradientDescent {Plain} -Loss {{ param($y) $y }} {Hundred}", "LossNotScalar" },
        { $"Invoke-GradientDescent {Plain} -Loss {{ param($y) @{{ a = 1 }} }} -InitialGuess 1, 2", "LossReturnedNotNumeric" },
        { "Find-Minimum { param($x) $x[0], 1 } -InitialGuess 1, 2", "ObjectiveNotScalar" },
        { "Find-Minimum { param($x) $x[0] -gt 1 } -InitialGuess 1, 2", "ObjectiveReturnedNotNumeric" },
        { "Get-Hessian { param($x) $x } -At 1, 2", "FunctionNotScalar" },
        { $"Find-Minimum {{ param($x) throw 'no' }} {Hundred}", "ObjectiveFailed" },
        { $"Find-Minimum {{ param($x) Get-Foo $x }} {Hundred}", "ObjectiveFailed" },
        { "Find-Minimum { param($x) $x * $x } -InitialGuess 1, 2", "ObjectiveFailed" },
        { "Find-Minimum ([Func[double, double]] { param($x) throw 'x' }) -InitialGuess 1", "ObjectiveFailed" },
        { "Test-Gradient { param($x) [Math]::Log(-1) } -At (@(1.0) * 100)", "ValueNotFinite" },
        { $"Invoke-Lbfgs {{ param($x) (Get-Random) + $x[0] }} {Hundred} -Derivative Traced", "DerivativesNotExact" },
        // points, bounds and targets
        { "Get-Gradient { param($x) $x[0] } -At ([double]::NaN), 2", "AtNotFinite" },
        { "Get-Gradient { param($a, $b) $a * $b } -At 1, 2, 3", "AtLengthMismatch" },
        { "Find-Minimum { param($a) $a * $a } -InitialGuess @{ a = 1 } -LowerBound @{ a = 3 } -UpperBound @{ a = 2 }", "BoundsCrossed" },
        { "Find-Minimum { param($a, $b) $a * $b } -InitialGuess @{ a = 1; c = 2 }", "InitialGuessNameUnknown" },
        { $"Invoke-GaussNewton {Plain} -Target 1, 2, 3 -InitialGuess 1, 2", "TargetLengthMismatch" },
        { $"Invoke-GaussNewton {Plain} -Target 1, 2, 3 {Hundred}", "TargetLengthMismatch" },
        { $"Invoke-GaussNewton {Plain} -Target 1, ([double]::NaN) -InitialGuess 1, 2", "TargetNotFinite" },
        { "Find-NumericInverse { param($x) $x } -Target 1, ([double]::PositiveInfinity) -InitialGuess 1, 2", "TargetNotFinite" },
        { "Find-NumericInverse { param($x) $x } -Target @() -InitialGuess 1, 2", "TargetLengthMismatch" },
        { "Find-Minimum Rosenbrock -Method Newtn", "MethodNotFound" },
        { "Find-Minimum Rosenbrok", "ProblemNotFound" },
        { "Invoke-GaussNewton { param($x) $x[0] } -InitialGuess 1, 2 -Loss { param($y) $y[0] }", "MethodNeedsMore" },
        { "Find-Minimum Rosenbrock -Method LevenbergMarquardt -LearningRate 0.1", "MethodHasNoLearningRate" },
        { "Find-Minimum Rosenbrock -TimeLimit soon", "ParameterArgumentTransformationError" },
        { "Find-Minimum Rosenbrock -MaxEvaluations 0", "ParameterArgumentValidationError" },
    };

    [Theory]
    [MemberData(nameof(Failing))]
    public void An_error_is_one_of_ours_and_short(string script, string id)
    {
        var error = module.Error(script + " -WarningAction Ignore");
        Assert.Equal(id, error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.True(error.Exception is ParameterBindingException || error.Exception.GetType().Namespace == "PhysOpt");
        Assert.InRange(Words(OwnText(error)), 1, MostWords);
        Assert.InRange(Words(error.ErrorDetails?.RecommendedAction ?? ""), 0, MostWordsOfAdvice);
    }

    /// <summary>Endings that are no errors are said in a result, and in a warning.</summary>
    [Theory]
    [InlineData($"Invoke-NewtonStep {{ param($x) $x[0] * $x[0] + $x[1] }} {Hundred}", "SingularHessian")]
    [InlineData("Invoke-NewtonStep { param($x) $x[0] * $x[0] - $x[1] * $x[1] } -InitialGuess 1, 2", "Saddle")]
    [InlineData("Invoke-TrustRegion { param($x) [Math]::Abs($x[0]) + [Math]::Pow($x[1] - 1, 2) } -InitialGuess 0.3, 3", "LineSearchFailed")]
    [InlineData("Find-NumericInverse { param($x) ($x[0] * $x[0]), $x[1] } -Target -1, -1 -InitialGuess 1, 1", "No x with y(x) = -1 -1")]
    [InlineData("Find-NumericInverse { param($x) [double]::NaN } -Target 1 -InitialGuess 1", "no value there")]
    [InlineData("Find-NumericInverse { param($x) $x[0] * $x[0] } 4 0", "slope vanishes at the start")]
    [InlineData("Find-Minimum -Physics { param($x) $x[0] * 1e200 } -InitialGuess 1", "the loss overflows at the start")]
    [InlineData("Invoke-GradientDescent { param($x) [Math]::Exp($x[0] * $x[0]) } -InitialGuess 3", "the loss is infinite at the next point: [Math]::Exp($x[0] * $x[0])")]
    [InlineData("Invoke-GradientDescent { param($x) [Math]::Sqrt($x[0]) } -InitialGuess 1 -Eta 5", "the loss is NaN at the next point")]
    [InlineData("Invoke-GradientDescent { param($x) [Math]::Sqrt($x[0]) } -InitialGuess 0", "the slope in x[0] is infinite")]
    [InlineData("Find-Minimum { param($x) [double]::NaN } -InitialGuess 1", "the loss is NaN at the start")]
    [InlineData("Invoke-GradientDescent -Physics { param($x) 1, [Math]::Log($x[0]) } -InitialGuess -1", "y[1] is NaN at the start")]
    public void An_ending_without_success_is_a_short_warning_that_says_what(string script, string what)
    {
        var result = module.Run(script);
        Assert.Empty(result.Errors);
        Assert.Contains(what, result.Warnings[^1], StringComparison.Ordinal);
        Assert.All(result.Warnings, warning => Assert.InRange(Words(warning), 1, MostWords));
    }

    /// <summary>The message without what others say in it: PowerShell's own words, and the line of the script.</summary>
    static string OwnText(ErrorRecord error)
    {
        var text = error.ToString();
        if (error.Exception.InnerException is not RuntimeException { ErrorRecord.InvocationInfo.Line: { } line } theirs) return text;
        return text.Replace(theirs.Message.Split('\n')[0], "", StringComparison.Ordinal).Replace(line.Trim(), "", StringComparison.Ordinal);
    }

    static int Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
