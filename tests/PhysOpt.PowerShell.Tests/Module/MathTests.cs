namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>[PhysOpt.Math] in place of [Math]: the same of plain numbers; and the overloads that PowerShell finds for others.</summary>
public sealed class MathTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    /// <summary>Calls each function by both names and writes what differs in value or type; an error is an error.</summary>
    const string Compare = """
        $values = [ordered]@{
            int = 3; zero = 0; double = 2.5; long = 3L; decimal = 2.5d; float = [float] 1.5; number = '4'; wrapped = [psobject] 2
            bigint = [bigint] 3; negative = -2
            byte = [byte] 3; fraction = '0.5'; sbyte = [sbyte] -3; short = [int16] -3; ushort = [uint16] 3; uint = 4u
            ulong = 4ul; nint = [IntPtr] 3; half = [half] 1.5
            word = 'abc'; char = [char] '3'; date = [datetime] '2020-01-01'; piped = @(2.5 | ForEach-Object { $_ })[0]
        }
        function Get-Answer([scriptblock] $Call, [object[]] $Arguments) {
            try { $answer = & $Call @Arguments } catch { return 'error' }
            "$($answer.GetType().FullName) $(if ($answer -is [double]) { [BitConverter]::DoubleToInt64Bits($answer) } else { $answer })"
        }
        $calls = 0
        function Compare-Call([string] $Text, [string[][]] $Choices) {
            $theirs = [scriptblock]::Create("[Math]::$Text")
            $ours = [scriptblock]::Create("[PhysOpt.Math]::$Text")
            foreach ($names in $Choices) {
                $expected = Get-Answer $theirs $values[$names]
                $actual = Get-Answer $ours $values[$names]
                $script:calls++
                if ($expected -cne $actual) { "$Text of ${names}: $expected, but $actual" }
            }
        }
        $all = @($values.Keys)

        """;

    [Fact]
    public void A_function_of_one_plain_argument_is_that_of_System_Math() => Assert.Equal(
        ["552"],
        module.Texts(Compare + """
            foreach ($name in 'Sqrt Cbrt Exp Log Log2 Log10 Sin Cos Tan Asin Acos Atan Sinh Cosh Tanh Asinh Acosh Atanh'.Split(' ') +
                'Abs Sign Floor Ceiling Truncate Round'.Split(' ')) {
                Compare-Call "$name(`$args[0])" @($all | ForEach-Object { , @($_) })
            }
            "$calls"
            """));

    [Fact]
    public void A_function_of_two_plain_arguments_is_that_of_System_Math() => Assert.Equal(
        ["1792"],
        module.Texts(Compare + """
            $some = $all[0..15]
            $pairs = @(foreach ($first in $some) { foreach ($second in $some) { , @($first, $second) } })
            foreach ($name in 'Log', 'Pow', 'Atan2', 'CopySign', 'Max', 'Min', 'Round') {
                Compare-Call "$name(`$args[0], `$args[1])" $pairs
            }
            "$calls"
            """));

    [Fact]
    public void A_function_of_three_plain_arguments_is_that_of_System_Math() => Assert.Equal(
        ["909"],
        module.Texts(Compare + """
            $few = $all[0..8]
            $triples = @(foreach ($first in $few) {
                foreach ($second in $few) { foreach ($third in 'int', 'double', 'decimal') { , @($first, $second, $third) } }
            })
            foreach ($name in 'Clamp', 'Round', 'FusedMultiplyAdd') { Compare-Call "$name(`$args[0], `$args[1], `$args[2])" $triples }
            foreach ($mode in [MidpointRounding].GetEnumNames()) {
                Compare-Call "Round(`$args[0], '$mode')" @($few | ForEach-Object { , @($_) })
                Compare-Call "Round(`$args[0], [MidpointRounding]::$mode)" @($few | ForEach-Object { , @($_) })
                Compare-Call "Round(`$args[0], `$args[1], '$mode')" @(
                    $few | ForEach-Object { , @($_, 'zero') }; $few | ForEach-Object { , @($_, 'int') })
            }
            $calls
            """));

    [Theory]
    [InlineData("[double]::ExpM1($x)", "[PhysOpt.Math]::Expm1($x)")]
    [InlineData("[double]::LogP1($x)", "[PhysOpt.Math]::Log1p($x)")]
    public void What_dot_NET_does_not_compute_to_the_last_digits_is_recorded_as_it_is(string theirs, string ours)
    {
        Assert.Equal("True", Assert.Single(module.Texts($"(Get-FunctionTrace {{ param($x) {theirs} }} 1e-9 -Verbose).IsTraced")));
        Assert.Equal("True", Assert.Single(module.Texts($"$x = 1e-9; [Math]::Abs(({theirs}) / ({ours}) - 1) -gt 1e-9")));
    }

    [Theory]
    [InlineData("[PhysOpt.Math]::Erf(0.5)", "Double 0.5204998778130465")]
    [InlineData("[PhysOpt.Math]::Gamma(5)", "Double 24")]
    [InlineData("[PhysOpt.Math]::Hypot(3, 4)", "Double 5")]
    [InlineData("[PhysOpt.Math]::Log1p('0')", "Double 0")]
    [InlineData("[PhysOpt.Math]::FusedMultiplyAdd(@(1, 2), 3, 4)", "Field 7 10")]
    [InlineData("[PhysOpt.Math]::Hypot(@(3, 5), @(4, 12))", "Field 5 13")]
    [InlineData("[PhysOpt.Math]::Expm1(@(0, 0))", "Field 0 0")]
    [InlineData("[PhysOpt.Math]::Max(0, 1.5)", "Int32 2")] // as [Math]::Max(0, 1.5): PowerShell goes by the first argument
    [InlineData("[PhysOpt.Math]::Max(0.0, 1.5)", "Double 1.5")]
    [InlineData("[PhysOpt.Math]::Max(1, 2)", "Int32 2")]
    [InlineData("[PhysOpt.Math]::Pow(2, 3)", "Double 8")]
    [InlineData("[PhysOpt.Math]::Sqrt('4')", "Double 2")]
    [InlineData("[PhysOpt.Math]::Round(2.345d, 2, 'AwayFromZero')", "Decimal 2.35")]
    [InlineData("[PhysOpt.Math]::Round(2.5)", "Double 2")]
    [InlineData("[PhysOpt.Math]::Clamp(5, 0, 3)", "Int32 3")]
    [InlineData("[PhysOpt.Math]::PI", "Double 3.141592653589793")]
    public void A_call_on_plain_numbers_gives(string call, string result) =>
        Assert.Equal(result, Show(Assert.Single(module.Output(call)).BaseObject));

    [Theory]
    [InlineData("Max(0, $t)", "Max(0, x0)")]
    [InlineData("Max($t, 0)", "Max(x0, 0)")]
    [InlineData("Max(0.5, $t)", "Max(0.5, x0)")]
    [InlineData("Max($t, $t)", "Max(x0, x0)")]
    [InlineData("Min($t, $s)", "Min(x0, x1)")]
    [InlineData("Max(2L, $t)", "Max(2, x0)")]
    [InlineData("Max([float] 2, $t)", "Max(2, x0)")]
    [InlineData("Max([byte] 2, $t)", "Max(2, x0)")]
    [InlineData("Max(2d, $t)", "Max(2, x0)")]
    [InlineData("Max([bigint] 2, $t)", "Max(2, x0)")]
    [InlineData("Pow($t, 2)", "Power(x0, 2)")]
    [InlineData("Pow(2, $t)", "Power(2, x0)")]
    [InlineData("Pow($t, 2d)", "Power(x0, 2)")]
    [InlineData("Pow($t, $s)", "Power(x0, x1)")]
    [InlineData("Clamp($t, 0, 1)", "AtMost(AtLeast(x0, 0), 1)")]
    [InlineData("Clamp(0.5, $t, 1)", "AtMost(AtLeast(0.5, x0), 1)")]
    [InlineData("Clamp($t, [float] 0, 1d)", "AtMost(AtLeast(x0, 0), 1)")]
    [InlineData("Clamp(0, $t, $s)", "AtMost(AtLeast(0, x0), x1)")]
    [InlineData("Atan2($t, 1)", "Atan2(x0, 1)")]
    [InlineData("Atan2(1, $t)", "Atan2(1, x0)")]
    [InlineData("Log($t)", "Log(x0)")]
    [InlineData("Log(1, $t)", "0/Log(x0)")]
    [InlineData("Log2($t)", "Log2(x0)")]
    [InlineData("Round($t)", "Round(x0)")]
    [InlineData("Sin($wrapped)", "Sin(x0)")]
    [InlineData("Max($wrapped, $number)", "Max(x0, 1.5)")]
    [InlineData("Sin($x[-1])", "Sin(x1)")]
    public void A_traced_number_is_traced_on(string call, string sketch) =>
        Assert.Equal($"TracedNumber traced({sketch})", Show(Traced($"[PhysOpt.Math]::{call}")));

    [Theory]
    [InlineData("Max($u, 1.5)", "1.5 2")]
    [InlineData("Max(2, $u)", "2 2")]
    [InlineData("Max($u, $u)", "1 2")]
    [InlineData("Max(2d, $u)", "2 2")]
    [InlineData("Max($u, $t)", "traced(Max(1, x0)) traced(Max(2, x0))")]
    [InlineData("Max($t, $u)", "traced(Max(x0, 1)) traced(Max(x0, 2))")]
    [InlineData("Max($w, 0)", "traced(Max(x0, 0)) traced(Max(x1, 0))")]
    [InlineData("Pow($u, 2)", "1 4")]
    [InlineData("Pow($w, 2)", "traced(Power(x0, 2)) traced(Power(x1, 2))")]
    [InlineData("Pow(2, $u)", "2 4")]
    [InlineData("Clamp($u, 0, 1)", "1 1")]
    [InlineData("Clamp(0, $u, 9)", "1 2")]
    [InlineData("Clamp($u, $u, 9.5)", "1 2")]
    [InlineData("Clamp($u, (3, 0), (4, 0.5))", "3 0.5")]
    [InlineData("Clamp($t, $u, 9)", "traced(AtMost(AtLeast(x0, 1), 9)) traced(AtMost(AtLeast(x0, 2), 9))")]
    [InlineData("Sqrt(4 * $u * $u)", "2 4")]
    [InlineData("Log($u, 2)", "0 1")]
    [InlineData("Sign(-$u)", "-1 -1")]
    [InlineData("Floor($u / 2)", "0 1")]
    [InlineData("Round($w)", "traced(Round(x0)) traced(Round(x1))")]
    [InlineData("Abs((-1, -2))", "1 2")]
    [InlineData("Sin($x)", "traced(Sin(x0)) traced(Sin(x1))")]
    public void A_field_or_a_list_gives_the_field_of_the_results(string call, string values) =>
        Assert.Equal($"Field {values}", Show(Traced($"[PhysOpt.Math]::{call}")));

    [Theory]
    [InlineData("Sqrt($null)")]
    [InlineData("Sqrt($true)")]
    [InlineData("Round($t, 2)")]
    [InlineData("Sin('x')")]
    public void A_call_that_is_refused(string call) => Assert.Single(Run($"[PhysOpt.Math]::{call}").Errors);

    EngineResult Run(string script) => module.Run(
        "$t, $s = $x; $wrapped = @($t | ForEach-Object { $_ })[0]; $number = @(1.5 | ForEach-Object { $_ })[0]; $u = [PhysOpt.Field](1, " +
            "2); $w = [PhysOpt.Field]$x; " + script,
        ("x", Tracers.At(0.5, 3)));

    object Traced(string script)
    {
        var result = Run(script);
        Assert.Empty(result.Errors);
        return Assert.Single(result.Output).BaseObject;
    }

    static string Show(object value) => FormattableString.Invariant($"{value.GetType().Name} {value}");
}
