package io.engram.engine;

/**
 * What every engine must do, whatever it runs on. Judged against a plain double-precision reference and its central finite
 * differences.
 *
 * <p>Tolerances: an engine computes in float32, so one gradient carries a relative error of a few 1e-7 times the condition of
 * the network; 2e-5 in norm leaves an order of magnitude. Second order multiplies Hessians in float32: 1e-4.
 */
public abstract class ComputeEngineContract
    implements CapabilitiesContract,
        FirstOrderContract,
        InnerLoopContract,
        SecondOrderContract,
        MultiStepLossContract,
        ClosedFormContract,
        EvaluationContract,
        IsolationContract,
        OddCasesContract {}
