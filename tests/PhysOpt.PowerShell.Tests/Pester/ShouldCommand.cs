using System.Management.Automation;

namespace PhysOpt.PowerShell.Tests.Pester;

/// <summary>Should: binds one operator and its arguments, gathers the pipeline, and ends the statement when the assertion does not hold.</summary>
/// <remarks>
/// Operators on collections see all that came through the pipeline at once; the others see each value by itself.
/// A collection given as -ActualValue counts as one value.
/// </remarks>
[Cmdlet("Should", "Assert")]
public sealed class ShouldCommand : PSCmdlet
{
    public const string FailureId = "PesterAssertionFailed";

    readonly List<object?> _values = [];

    [Parameter(ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    public object? ActualValue { get; set; }

    [Parameter]
    public SwitchParameter Not { get; set; }

    [Parameter(Position = 1)]
    public string? Because { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(Be)), Alias("EQ")]
    public SwitchParameter Be { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeExactly)), Alias("CEQ")]
    public SwitchParameter BeExactly { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeLessThan)), Alias("LT")]
    public SwitchParameter BeLessThan { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeLessOrEqual)), Alias("LE")]
    public SwitchParameter BeLessOrEqual { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeGreaterThan)), Alias("GT")]
    public SwitchParameter BeGreaterThan { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeGreaterOrEqual)), Alias("GE")]
    public SwitchParameter BeGreaterOrEqual { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeOfType)), Alias("HaveType")]
    public SwitchParameter BeOfType { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(HaveCount))]
    public SwitchParameter HaveCount { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(Throw))]
    public SwitchParameter Throw { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeNullOrEmpty))]
    public SwitchParameter BeNullOrEmpty { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeTrue))]
    public SwitchParameter BeTrue { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeFalse))]
    public SwitchParameter BeFalse { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(Match))]
    public SwitchParameter Match { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(MatchExactly)), Alias("CMATCH")]
    public SwitchParameter MatchExactly { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(Contain))]
    public SwitchParameter Contain { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeLike))]
    public SwitchParameter BeLike { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeLikeExactly))]
    public SwitchParameter BeLikeExactly { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(BeIn))]
    public SwitchParameter BeIn { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = nameof(Exist))]
    public SwitchParameter Exist { get; set; }

    [Parameter(Position = 0, ParameterSetName = nameof(Be))]
    [Parameter(Position = 0, ParameterSetName = nameof(BeExactly))]
    [Parameter(Position = 0, ParameterSetName = nameof(BeLessThan))]
    [Parameter(Position = 0, ParameterSetName = nameof(BeLessOrEqual))]
    [Parameter(Position = 0, ParameterSetName = nameof(BeGreaterThan))]
    [Parameter(Position = 0, ParameterSetName = nameof(BeGreaterOrEqual))]
    [Parameter(Position = 0, ParameterSetName = nameof(HaveCount))]
    [Parameter(Position = 0, ParameterSetName = nameof(Contain))]
    [Parameter(Position = 0, ParameterSetName = nameof(BeLike))]
    [Parameter(Position = 0, ParameterSetName = nameof(BeLikeExactly))]
    [Parameter(Position = 0, ParameterSetName = nameof(BeIn))]
    public object? ExpectedValue { get; set; }

    [Parameter(Position = 0, ParameterSetName = nameof(BeOfType))]
    public object? ExpectedType { get; set; }

    [Parameter(Position = 0, ParameterSetName = nameof(Match))]
    [Parameter(Position = 0, ParameterSetName = nameof(MatchExactly))]
    public object? RegularExpression { get; set; }

    [Parameter(Position = 0, ParameterSetName = nameof(Throw))]
    public string? ExpectedMessage { get; set; }

    [Parameter(Position = 2, ParameterSetName = nameof(Throw))]
    public string? ErrorId { get; set; }

    [Parameter(Position = 3, ParameterSetName = nameof(Throw))]
    public Type? ExceptionType { get; set; }

    [Parameter(ParameterSetName = nameof(Throw))]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord() => _values.Add(ActualValue);

    protected override void EndProcessing()
    {
        var all = _values.ToArray();
        var operators = new Operators(SessionState.InvokeCommand, Not, Because);
        switch (ParameterSetName)
        {
            case nameof(Be):
                Verify(operators.Be(all, ExpectedValue, caseSensitive: false));
                break;
            case nameof(BeExactly):
                Verify(operators.Be(all, ExpectedValue, caseSensitive: true));
                break;
            case nameof(HaveCount):
                Verify(operators.HaveCount(all, LanguagePrimitives.ConvertTo<int>(ExpectedValue)));
                break;
            case nameof(BeNullOrEmpty):
                Verify(operators.BeNullOrEmpty(all));
                break;
            case nameof(Contain):
                Verify(operators.Contain(all, ExpectedValue));
                break;
            default:
                foreach (var value in all is [] ? [null] : all)
                    Verify(One(operators, value));
                break;
        }
    }

    string? One(Operators operators, object? actual) => ParameterSetName switch
    {
        nameof(BeLessThan) => operators.Compare(actual, "lt", ExpectedValue),
        nameof(BeLessOrEqual) => operators.Compare(actual, "le", ExpectedValue),
        nameof(BeGreaterThan) => operators.Compare(actual, "gt", ExpectedValue),
        nameof(BeGreaterOrEqual) => operators.Compare(actual, "ge", ExpectedValue),
        nameof(BeTrue) => operators.BeTruth(actual, true),
        nameof(BeFalse) => operators.BeTruth(actual, false),
        nameof(BeOfType) => operators.BeOfType(actual, ExpectedType),
        nameof(Match) => operators.Match(actual, RegularExpression, caseSensitive: false),
        nameof(MatchExactly) => operators.Match(actual, RegularExpression, caseSensitive: true),
        nameof(BeLike) => operators.BeLike(actual, ExpectedValue, caseSensitive: false),
        nameof(BeLikeExactly) => operators.BeLike(actual, ExpectedValue, caseSensitive: true),
        nameof(BeIn) => operators.BeIn(actual, ExpectedValue),
        nameof(Exist) => operators.Exist(actual, SessionState.InvokeProvider.Item),
        nameof(Throw) => Thrown(actual),
        _ => throw new InvalidOperationException($"No operator {ParameterSetName}."),
    };

    string? Thrown(object? block)
    {
        var expected = new ThrowExpectation(ExpectedMessage, ErrorId, ExceptionType, Not, Because);
        var failure = expected.Check(InvokeCommand, block, out var error);
        if (failure is null && PassThru && error is not null)
            WriteObject(error);
        return failure;
    }

    void Verify(string? failure)
    {
        if (failure is not null)
            ThrowTerminatingError(new ErrorRecord(new InvalidOperationException(failure), FailureId, ErrorCategory.InvalidResult, null));
    }
}
