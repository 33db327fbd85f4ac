namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>What PowerShell makes of the things that people write where a vector is wanted.</summary>
public sealed class VectorBindingTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    [Theory]
    [InlineData("3", "3")]
    [InlineData("3, 4", "3 4")]
    [InlineData("@(3, 4.5)", "3 4.5")]
    [InlineData("@(3)", "3")]
    [InlineData("([double[]](3, 4))", "3 4")]
    [InlineData("([int[]](3, 4))", "3 4")]
    [InlineData("([System.Collections.Generic.List[double]](3, 4))", "3 4")]
    [InlineData("([psobject] 3), ([psobject] 4)", "3 4")]
    [InlineData("@(1, 2 | ForEach-Object { 2 * $_ })", "2 4")]
    [InlineData("'1 2'", "1 2")]
    [InlineData("'1, 2'", "1 2")]
    [InlineData("'-1.5e-3;2'", "-0.0015 2")]
    [InlineData("([PhysOpt.Vector] (3, 4))", "3 4")]
    [InlineData("(1..4)", "1 2 3 4")]
    [InlineData("1,-1", "1 -1")]
    [InlineData("-1.2,1", "-1.2 1")]
    [InlineData("-1,-2.5e-3", "-1 -0.0025")]
    [InlineData("0.1d, 2ul, 3y, 4u, 5l", "0.1 2 3 4 5")]
    [InlineData("([bigint] 7), ([single] 0.5), ([half] 2)", "7 0.5 2")]
    public void A_vector_parameter_takes(string argument, string text)
    {
        Assert.Equal(text, Assert.Single(
            module.Texts($"(New-OptimizationProblem -Physics {{ param($x) $x }} -InitialGuess {argument}).InitialGuess.ToString()")));
    }

    [Theory]
    [InlineData("'one two'", "'one two'")]
    [InlineData("1, 'b'", "'b'")]
    [InlineData("1, $true", "Boolean $true")]
    [InlineData("1, $null", "$null")]
    [InlineData("1, (2, 3)", "Object[]")]
    [InlineData("@{ a = 'b' }", "'b'")]
    [InlineData("([datetime] '2020-01-01')", "DateTime")]
    [InlineData("([System.DayOfWeek]::Monday)", "DayOfWeek")]
    [InlineData("([char] 'a')", "Char")]
    public void A_vector_parameter_refuses_and_says_what_it_was_given(string argument, string named)
    {
        var error = module.Error($"New-OptimizationProblem -Physics {{ param($x) $x }} -InitialGuess {argument}");
        Assert.StartsWith("ParameterArgumentTransformationError,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("InitialGuess", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_are_not_those_of_variables_are_not_taken_by_name()
    {
        var error = module.Error("New-OptimizationProblem -Physics { param($x) $x } -InitialGuess 1 -Target @{ a = 1 }");
        Assert.StartsWith("ParameterArgumentTransformationError,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Hashtable", error.Exception.Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "InitialGuessByName,", module.Error("New-OptimizationProblem -Physics { param($x) $x } -InitialGuess @{ a = 1 }")
                .FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cast_takes_the_same_and_a_vector_unpacks_indexes_and_counts_as_an_array_does()
    {
        Assert.Equal(
            ["3", "4 5", "5", "3", "3 5", "True", "12"],
            module.Texts("""
                $v = [PhysOpt.Vector] '3 4 5'
                $a, $b = $v
                "$a"; "$b"; "$($v[-1])"; "$($v.Count)"; "$($v[0, 2])"; "$($v -contains 4)"
                $sum = 0; foreach ($c in $v) { $sum += $c }; "$sum"
                """));
    }

    [Fact]
    public void A_vector_is_not_changed_by_what_it_was_made_of_nor_by_assignment()
    {
        Assert.Equal("1 2", Assert.Single(module.Texts("$a = [double[]] (1, 2); $v = [PhysOpt.Vector] $a; $a[0] = 9; $v.ToString()")));
        var error = module.Error("$v = [PhysOpt.Vector] (1, 2); $v[0] = 9");
        Assert.Contains("does not change", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_a_vector_reads_back_exactly_in_every_culture()
    {
        Assert.Equal(
            ["0.1 -2.5E-300 0.30000000000000004", "True"],
            module.Texts("""
                [cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo('de-DE')
                $v = [PhysOpt.Vector] (0.1, -2.5e-300, (0.1 + 0.2))
                $v.ToString()
                "$(([PhysOpt.Vector] $v.ToString()).Equals($v))"
                """));
    }

    [Fact]
    public void Text_inside_a_string_is_invariant_too()
    {
        Assert.Equal(
            "x = 0.5 1.5",
            Assert.Single(module.Texts(
                "[cultureinfo]::CurrentCulture = [cultureinfo]::GetCultureInfo('de-DE'); \"x = $([PhysOpt.Vector] (0.5, 1.5))\"")));
    }
}
