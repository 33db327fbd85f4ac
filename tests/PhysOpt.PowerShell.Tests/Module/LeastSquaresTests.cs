using System.Globalization;
using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>The methods for sums of squares on script blocks, which are traced.</summary>
public sealed class LeastSquaresTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    const string Misra1a = """
        $d = 77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0
        $t = 10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78
        $model = { param($b) foreach ($x in $d) { $b[0] * (1 - [Math]::Exp(-$b[1] * $x)) } }
        """;
    const string DanWood = """
        $d = 1.309, 1.471, 1.490, 1.565, 1.611, 1.680
        $t = 2.138, 3.421, 3.597, 4.340, 4.882, 5.660
        $model = { param($b) foreach ($x in $d) { $b[0] * [Math]::Pow($x, $b[1]) } }
        """;
    const string Rat42 = """
        $d = 9, 14, 21, 28, 42, 57, 63, 70, 79
        $t = 8.930, 10.800, 18.590, 22.330, 39.350, 56.110, 61.730, 64.620, 67.080
        $model = { param($b) foreach ($x in $d) { $b[0] / (1 + [Math]::Exp($b[1] - $b[2] * $x)) } }
        """;

    [Theory]
    [InlineData(Misra1a, "500, 1e-4", 2.3894212918e+02, 5.5015643181e-04)]
    [InlineData(Misra1a, "250, 5e-4", 2.3894212918e+02, 5.5015643181e-04)]
    [InlineData(DanWood, "1, 5", 7.6886226176e-01, 3.8604055871e+00)]
    [InlineData(DanWood, "0.7, 4", 7.6886226176e-01, 3.8604055871e+00)]
    [InlineData(Rat42, "100, 1, 0.1", 7.2462237576e+01, 2.6180768402e+00, 6.7359200066e-02)]
    [InlineData(Rat42, "75, 2.5, 0.07", 7.2462237576e+01, 2.6180768402e+00, 6.7359200066e-02)]
    public void Certified_parameters_are_found_to_six_digits_from_script_blocks(string data, string start, params double[] certified)
    {
        var last = module.Output(
            $"{data}\n@(Invoke-LevenbergMarquardt -Physics $model -Target $t -InitialGuess {start} -Derivative Traced)[-1]")[0];
        Assert.Equal("LossTolerance", last.Properties["Status"].Value.ToString());
        for (var i = 0; i < certified.Length; i++)
        {
            var found = (double)last.Properties[string.Create(CultureInfo.InvariantCulture, $"X{i}")].Value;
            Assert.True(double.Abs(found / certified[i] - 1) < 1e-6, $"{found} is not {certified[i]}");
        }
    }

    [Theory]
    [InlineData("Invoke-GaussNewton")]
    [InlineData("Invoke-LevenbergMarquardt")]
    [InlineData("Invoke-HalfInverseGradient")]
    public void A_loss_that_is_no_sum_of_squares_is_an_error_before_the_first_evaluation(string command)
    {
        module.Run("$n = @(0)");
        foreach (var problem in (string[])["-Objective { param($x) $n[0]++; $x[0] * $x[0] }",
            "-Physics { param($x) $n[0]++; $x } -Loss { param($y) $n[0]++; $y[0] }"])
        {
            var error = module.Error($"{command} {problem} -InitialGuess 3");
            Assert.StartsWith("MethodNeedsMore", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains("sum of squares", error.Exception.Message, StringComparison.Ordinal);
            Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        }

        Assert.Equal(0, module.Single<int>("$n[0]"));
    }

    [Theory]
    [InlineData("-Exponent 2")]
    [InlineData("-Exponent -1.1")]
    [InlineData("-Exponent NaN")]
    [InlineData("-Truncation 1")]
    [InlineData("-Truncation -0.1")]
    public void An_exponent_or_truncation_out_of_range_is_an_error(string parameter) =>
        Assert.StartsWith("ParameterArgumentValidationError", module.Error($"Invoke-HalfInverseGradient ThreeSpaces {parameter}")
            .FullyQualifiedErrorId, StringComparison.Ordinal);

    [Fact]
    public void The_exponent_leads_from_gradient_descent_to_Gauss_Newton()
    {
        Assert.Equal("2.94 1.92",
            module.Texts("@(Invoke-HalfInverseGradient ThreeSpaces -Exponent -1 -Eta 0.01 -Iterations 1)[-1].X.ToString('G10')")[0]);
        foreach (var command in (string[])["Invoke-HalfInverseGradient ThreeSpaces -Exponent 1", "Invoke-GaussNewton ThreeSpaces"])
        {
            var last = module.Output($"@({command} -Iterations 1)[-1]")[0];
            Assert.Equal((0.0, 1.5),
                (double.Round((double)last.Properties["X0"].Value, 12), double.Round((double)last.Properties["X1"].Value, 12)));
        }
    }

    [Fact]
    public void A_bounded_fit_starts_within_the_bounds_and_stays_there()
    {
        var result = module.Run(Rat42
            + "\nInvoke-LevenbergMarquardt -Physics $model -Target $t -InitialGuess 100, 1, 0.5 -LowerBound 0, 0, 0 -UpperBound 70, 10, " +
            "0.2");
        Assert.Empty(result.Errors);
        Assert.Contains("outside the bounds", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.All(result.Output, record => Assert.InRange((double)record.Properties["X0"].Value, 0, 70));
        Assert.Equal(70.0, result.Output[^1].Properties["X0"].Value);
        Assert.Equal("LossTolerance", result.Output[^1].Properties["Status"].Value.ToString());
    }
}
