package dev.serverbackup.simulation;

import dev.serverbackup.simulation.Tally.Tried;

/** What becomes of one transmission that is not throttled. */
enum Fate {
    PLAIN,
    REQUEST_LOST,
    ANSWER_LOST,
    ERROR_WITH_EFFECT,
    ERROR_WITHOUT_EFFECT;

    static Fate drawn(SimulatedFaults faults) {
        Mood mood = faults.mood();
        if (faults.happens(mood.lostRequest())) {
            return REQUEST_LOST;
        }
        if (faults.happens(mood.lostAnswer())) {
            return ANSWER_LOST;
        }
        if (faults.happens(mood.serverError())) {
            return faults.nextLong(2) == 0 ? ERROR_WITH_EFFECT : ERROR_WITHOUT_EFFECT;
        }
        return PLAIN;
    }

    boolean hasEffect() {
        return this != REQUEST_LOST && this != ERROR_WITHOUT_EFFECT;
    }

    boolean isAnswered() {
        return this != REQUEST_LOST && this != ANSWER_LOST;
    }

    Tried tried() {
        return switch (this) {
            case PLAIN -> Tried.PLAIN_CALL;
            case REQUEST_LOST -> Tried.REQUEST_LOST;
            case ANSWER_LOST -> Tried.ANSWER_LOST;
            case ERROR_WITH_EFFECT -> Tried.ERROR_WITH_EFFECT;
            case ERROR_WITHOUT_EFFECT -> Tried.ERROR_WITHOUT_EFFECT;
        };
    }
}
